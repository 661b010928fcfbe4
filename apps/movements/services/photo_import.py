"""Members' photos from an archive: whose a file is by its name, and what is said where it is nobody's."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.associations.selectors import actor_with_seats
from apps.core.actor import Actor
from apps.imports.services import RowProblem, row_handler
from apps.imports.services.photo_rows import NOT_FOUND, NOT_OURS, OTHER, REPLACES, BroughtPhoto, PhotoRows
from apps.members.enums import MemberKind
from apps.members.selectors import membership_by_number, normalise_member_number
from apps.movements.selectors import home_association
from apps.movements.services.brought import (
    brought_offer,
    keep_brought_photo,
    may_bring,
    must_be_compared,
    undo_brought_photo,
    what_brought_changes,
)
from apps.people.selectors import get_person

KINDS = {"非执业": MemberKind.NON_PRACTISING, "执业": MemberKind.PRACTISING}
"""What may stand before a number that both kinds have; the longer word first."""


@dataclass(frozen=True)
class Owner:
    person: object
    home: object
    today: date


@row_handler
class MemberPhotoRows(PhotoRows):
    kind = "member_photos"
    title = gettext_lazy("会员照片")
    naming = gettext_lazy(
        "文件名就是会员编号，每人一张。执业会员和非执业会员编号相同时，请在前面加上“执业”或“非执业”。"
    )
    examples = (
        ("330000120001.jpg", gettext_lazy("编号为 330000120001 的会员")),
        ("非执业332026000001.png", gettext_lazy("编号为 332026000001 的非执业会员")),
    )
    afterwards = gettext_lazy(
        "会员还没有照片的，作为协会存档的照片直接采用，并签发会员证；更换已有照片的，由另一位工作人员在“会员照片”里比对以后采用。本协会的规则可以另有规定。"
    )

    def key(self, stem: str) -> str:
        _kind, number = _read(stem)
        return number

    def find(self, stem: str, *, context: dict, today: date) -> Owner | RowProblem:
        kind, number = _read(stem)
        found = [
            membership
            for one in MemberKind
            if kind in {None, one} and (membership := membership_by_number(one, number)) is not None
        ]
        people = {membership.person_id for membership in found}
        if len(people) > 1:
            return RowProblem("file", _("执业会员和非执业会员都有这个编号。请在文件名前加上“执业”或“非执业”。"), OTHER)
        person = get_person(people.pop()) if people else None
        home = person and home_association(person.pk, today=today)
        if home is None:
            return RowProblem("file", _("没有这个编号的现任会员。请核对文件名，例如 330000120001.jpg。"), NOT_FOUND)
        if not may_bring(_uploader(context, today), home.code):
            return RowProblem("file", _("不是本协会的会员。请由会员所在的协会导入。"), NOT_OURS)
        return Owner(person, home, today)

    def compare(self, owner: Owner, picture_sha256: str, source_sha256: str) -> str:
        return what_brought_changes(owner.person, picture_sha256, source_sha256)

    def difference(self, parsed: BroughtPhoto) -> str:
        if parsed.finding != REPLACES:
            return ""
        compared = must_be_compared(parsed.owner.home.code, replaces=True, today=parsed.owner.today)
        return _("更换已有照片，等待另一位工作人员比对。") if compared else _("更换已有照片，直接采用。")

    def commit(self, parsed: BroughtPhoto, *, actor: Actor, job, now: datetime) -> str:
        return keep_brought_photo(actor=actor, person_id=parsed.owner.person.pk, brought=parsed, job=job, now=now)

    def undo(self, values: dict, *, actor: Actor, job, now: datetime) -> None:
        person_id = _owner_of_brought(values["file"], job)
        if person_id is not None:
            undo_brought_photo(actor=actor, person_id=person_id, job=job, now=now)


def _owner_of_brought(name: str, job):
    """Whom the import gave the photo of this name to: by the number, which stays."""
    kind, number = _read(PurePosixPath(name).stem.strip())
    memberships = (membership_by_number(one, number) for one in MemberKind if kind in {None, one})
    owners = (membership.person_id for membership in memberships if membership)
    return next((person_id for person_id in owners if brought_offer(person_id, job)), None)


def _read(stem: str) -> tuple[MemberKind | None, str]:
    for word, kind in KINDS.items():
        if stem.startswith(word):
            return kind, normalise_member_number(re.sub(r"^[\s_\-－—]+", "", stem.removeprefix(word)))
    return None, normalise_member_number(stem)


def _uploader(context: dict, today: date) -> Actor:
    """Whoever brought the file, with the seats of today: the word may be somebody else's, and is asked again."""
    if "uploader" not in context:
        context["uploader"] = actor_with_seats(context["uploaded_by"], today)
    return context["uploader"]
