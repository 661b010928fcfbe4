"""What all archives of photos share: each file is called by somebody's number, and becomes a portrait by the rules."""

import hashlib
from abc import abstractmethod
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.documents.services import UploadRefused, WrongSize, accept_photo
from apps.imports.services.archives import Archive, FileRefused, Packed
from apps.imports.services.registry import Column, RowHandler, RowProblem

NEW, REPLACES, UNCHANGED = "new", "replaces", "unchanged"
NOT_FOUND, NOT_OURS, UNREADABLE, WRONG_SIZE, TWICE, OTHER = (
    *("not_found", "not_ours", "unreadable", "wrong_size"),
    *("twice", "other"),
)
FINDINGS = {
    NEW: gettext_lazy("新增"),
    REPLACES: gettext_lazy("更换"),
    UNCHANGED: gettext_lazy("无变化"),
    NOT_FOUND: gettext_lazy("没有这个人"),
    NOT_OURS: gettext_lazy("不属于本协会"),
    UNREADABLE: gettext_lazy("打不开"),
    WRONG_SIZE: gettext_lazy("大小不符"),
    TWICE: gettext_lazy("同一人多张"),
    OTHER: gettext_lazy("其他"),
}


@dataclass(frozen=True)
class BroughtPhoto:
    """A portrait by the rules, and whose it is; `source_sha256` is of the file as it came."""

    owner: Any
    picture: bytes
    source_sha256: str
    finding: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.picture).hexdigest()


class PhotoRows(RowHandler):
    """A kind of import whose rows are photos. Subclasses say whose a name is, and what becomes of the photo."""

    permission = Permission.IMPORT_PHOTOS
    wide_permission = Permission.IMPORT_ALL_PHOTOS
    columns = (Column("file", gettext_lazy("文件")),)
    findings = FINDINGS
    checked_at_once = 40
    is_archive = is_own = can_undo = True
    naming: str
    examples: tuple[tuple[str, str], ...]
    afterwards: str

    @abstractmethod
    def key(self, stem: str) -> str:
        """Equal for all names of one person."""

    @abstractmethod
    def find(self, stem: str, *, context: dict, today: date) -> Any | RowProblem:
        """Whose photo a file of this name is."""

    @abstractmethod
    def compare(self, owner, picture_sha256: str, source_sha256: str) -> str:
        """NEW, REPLACES or UNCHANGED."""

    def recall(self, values: dict, *, context: dict, today: date) -> None:
        """Nothing is remembered of earlier files: the archive itself knows all names."""

    def finding(self, parsed: BroughtPhoto) -> str:
        return parsed.finding

    def check(self, values: dict, *, context: dict, today: date) -> BroughtPhoto | list[RowProblem]:
        archive: Archive = context["archive"]
        packed = archive.packed(values["file"])
        if self._is_twice(packed, context):
            return [RowProblem("file", _("这个人的照片在压缩包里不止一张。请只保留一张，重新压缩。"), TWICE)]
        owner = self.find(packed.stem, context=context, today=today) if packed.wrong != "path" else None
        if isinstance(owner, RowProblem):
            return [owner]
        try:
            content = archive.read(packed.name)
            picture = accept_photo(ContentFile(content))
        except (FileRefused, UploadRefused) as error:
            is_size = isinstance(error, WrongSize) or packed.wrong == "large"
            return [RowProblem("file", str(error), WRONG_SIZE if is_size else UNREADABLE)]
        source, made = hashlib.sha256(content).hexdigest(), hashlib.sha256(picture).hexdigest()
        return BroughtPhoto(owner, picture, source, self.compare(owner, made, source))

    def _is_twice(self, packed: Packed, context: dict) -> bool:
        if "keys" not in context:
            context["keys"] = Counter(self.key(file.stem) for file in context["archive"].files)
        return context["keys"][self.key(packed.stem)] > 1
