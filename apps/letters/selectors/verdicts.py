"""What anybody may learn of a letter: whether it still holds, and of the member no more than a masked name.

Letter and register are read live: nothing here waits for a handler. While a letter is valid, a change of the member's
standing is said at once, without a reason; once it has run out, it says nothing about today any more.
"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.certificates.enums import Document, VerdictWord
from apps.certificates.selectors import Line, Shown, Verdict, grouped_code, register_line, seal_trust, stamp_line
from apps.core.clock import civil_date
from apps.core.errors import DataKeyDestroyed
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.letters.selectors.letters import letter_by_code, letter_by_sha256
from apps.letters.selectors.statement import facts_of, standing_for
from apps.members.enums import MemberKind
from apps.members.selectors import membership_state
from apps.people.selectors import mask_name

Word = VerdictWord


def verdict_for_letter_code(typed: str, *, now: datetime) -> Verdict | None:
    """For a code from a QR or typed in; None where no letter was ever issued under it."""
    letter = letter_by_code(typed)
    if letter is None:
        return None
    line = Line(_("查验码属于 %(date)s 出具的英文证明") % {"date": _day(civil_date(letter.issued_at))}, holds=True)
    return verdict_for_letter(letter, (line,), now=now)


def verdict_for_letter_file(sha256: str, *, now: datetime) -> Verdict | None:
    """For the bytes of a file; None where no letter has exactly these."""
    letter = letter_by_sha256(sha256)
    if letter is None:
        return None
    lines = (
        Line(_("文件是 %(date)s 出具的英文证明") % {"date": _day(civil_date(letter.issued_at))}, holds=True),
        Line(_("文件与出具的原件逐字节相同"), holds=True),
    )
    return verdict_for_letter(letter, lines, now=now)


def verdict_for_letter(letter: Letter, lines: tuple[Line, ...], *, now: datetime) -> Verdict:
    try:
        word, more = _word(letter, now)
        shown = _shown(letter, now)
    except DataKeyDestroyed:
        word, more, shown = Word.WITHDRAWN, [Line(_("持证人的个人信息已依法删除"), holds=False)], None
    return Verdict(
        word,
        now,
        (*lines, *more),
        shown,
        _date_of(word, letter),
        code=grouped_code(letter.code),
        document=Document.LETTER,
    )


def _word(letter: Letter, now: datetime) -> tuple[Word, list[Line]]:
    """First what became of the letter, then its days, then the member's standing today."""
    today = civil_date(now)
    if letter.state == State.CANCELLED:
        return Word.WITHDRAWN, [Line(_("这份证明已经作废"), holds=False)]
    if letter.state == State.REPLACED:
        return Word.SUPERSEDED, [Line(_("已有同一用途的新证明"), holds=False)]
    trust = seal_trust(letter.sha256)
    if trust.lost_since:
        return Word.REISSUE, [Line(_("印章密钥不再可信，需要重新出具"), holds=False)]
    until = {"date": _day(letter.valid_until)}
    if today > letter.valid_until:
        return Word.EXPIRED, [Line(_("有效期到%(date)s为止，现在已过") % until, holds=False)]
    lines = [Line(_("在有效期内，到%(date)s为止") % until, holds=True)]
    changed = has_changed(letter, now=now)
    live = _("会员情况已与证明所写的不同") if changed else _("会员情况与证明所写的一致")
    lines += [Line(live, holds=not changed), register_line(now)]
    if trust.kept_by:
        lines.append(stamp_line(trust.kept_by))
    return (Word.CHANGED if changed else Word.VALID), lines


def has_changed(letter: Letter, *, now: datetime) -> bool:
    """Whether today's facts are others than those that the letter was written from."""
    return facts_of(letter, standing_for(letter, now=now)) != letter.statement["facts"]


def _date_of(word: Word, letter: Letter):
    if word == Word.EXPIRED:
        return letter.valid_until
    if word == Word.REISSUE:
        return civil_date(seal_trust(letter.sha256).lost_since)
    if word in {Word.SUPERSEDED, Word.WITHDRAWN} and letter.ended_at:
        return civil_date(letter.ended_at)
    return civil_date(letter.issued_at)


def _shown(letter: Letter, now: datetime) -> Shown:
    membership = letter.membership
    state = membership_state(membership, on=max(civil_date(letter.issued_at), membership.admitted_on))
    return Shown(
        masked_name=mask_name(letter.person.name),
        kind=MemberKind(membership.kind).label,
        association=state.association.label if state.association else "",
        admitted_on=membership.admitted_on,
    )


def _day(day) -> str:
    return date_format(day)
