"""Photos of the roll from an archive: each file is called by a certificate number."""

from datetime import date, datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.applicants.models import RollEntry
from apps.applicants.selectors.roll import normalise_certificate_number, roll_entries_of
from apps.applicants.selectors.roll_photos import roll_photo_of
from apps.applicants.services.roll_photos import keep_roll_photo, undo_roll_photo
from apps.associations.selectors import seats_on
from apps.core.actor import Actor, ActorKind
from apps.core.errors import NotPermitted
from apps.imports.services import RowProblem, may_import, row_handler
from apps.imports.services.photo_rows import NEW, NOT_FOUND, NOT_OURS, REPLACES, UNCHANGED, BroughtPhoto, PhotoRows


@row_handler
class RollPhotoRows(PhotoRows):
    kind = "roll_photos"
    title = gettext_lazy("考试照片")
    naming = gettext_lazy("文件名就是全科合格证号，每人一张。请先导入全科合格名单，再导入照片。")
    examples = (("QZ243300123.jpg", gettext_lazy("合格证号为 QZ243300123 的考生")),)
    afterwards = gettext_lazy(
        "审查申请时，照片显示在申请人上传的照片旁边，由工作人员比对；姓名、证件和合格证号都与名单一致的申请人可以不再上传照片。"
    )

    def key(self, stem: str) -> str:
        return normalise_certificate_number(stem)

    def find(self, stem: str, *, context: dict, today: date) -> RollEntry | RowProblem:
        number = self.key(stem)
        entry = roll_entries_of([number]).get(number)
        if entry is None:
            sentence = _("名单里没有这个合格证号。请核对文件名，例如 QZ243300123.jpg，或先导入名单。")
            return RowProblem("file", sentence, NOT_FOUND)
        if not may_import(_uploader(context, today), self, entry.province_code):
            return RowProblem("file", _("不是本协会名单上的人。请由名单所属的协会导入。"), NOT_OURS)
        return entry

    def compare(self, owner: RollEntry, picture_sha256: str, source_sha256: str) -> str:
        before = roll_photo_of(owner)
        if before is None:
            return NEW
        same = {before.picture.sha256, before.source_sha256} & {picture_sha256, source_sha256}
        return UNCHANGED if same else REPLACES

    def difference(self, parsed: BroughtPhoto) -> str:
        return _("更换名单上已有的照片。") if parsed.finding == REPLACES else ""

    def commit(self, parsed: BroughtPhoto, *, actor: Actor, job, now: datetime) -> str:
        if not may_import(actor, self, parsed.owner.province_code):
            raise NotPermitted
        return keep_roll_photo(actor=actor, brought=parsed, job=job, now=now)

    def undo(self, values: dict, *, actor: Actor, job, now: datetime) -> None:
        number = self.key(PurePosixPath(values["file"]).stem)
        entry = roll_entries_of([number]).get(number)
        if entry is None:
            return
        if not may_import(actor, self, entry.province_code):
            raise NotPermitted
        undo_roll_photo(actor=actor, entry=entry, job=job, now=now)


def _uploader(context: dict, today: date) -> Actor:
    """Whoever brought the file, with the seats of today: the word may be somebody else's, and is asked again."""
    if "uploader" not in context:
        user_id = context["uploaded_by"]
        context["uploader"] = Actor(ActorKind.USER, "import", user_id=user_id, seats=seats_on(user_id, today))
    return context["uploader"]
