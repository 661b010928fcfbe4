"""What anybody may learn: a word, what was checked, and of the person no more than a masked name and the membership.

Certificate and register are read live: nothing here waits for a handler.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.certificates.enums import CertificateState, Document, VerdictWord
from apps.certificates.models import Certificate
from apps.certificates.selectors.certificates import certificate_by_code, certificate_by_sha256
from apps.certificates.selectors.codes import grouped_code
from apps.certificates.selectors.seals import seal_trust
from apps.core.clock import civil_date
from apps.core.errors import DataKeyDestroyed
from apps.members.enums import MemberKind, MembershipStatus
from apps.members.selectors import membership_by_number_and_name, membership_state
from apps.people.selectors import mask_name

Word = VerdictWord


@dataclass(frozen=True)
class Line:
    """One thing that was checked, and whether it held."""

    text: str
    holds: bool


@dataclass(frozen=True)
class Shown:
    """What is shown of the person: nothing that the holder of a certificate has not shown already."""

    masked_name: str
    kind: str
    association: str
    admitted_on: date


@dataclass(frozen=True)
class Verdict:
    word: Word
    checked_at: datetime
    lines: tuple[Line, ...] = ()
    shown: Shown | None = None
    on: date | None = None
    """The date that belongs to the word: starts on, superseded on, expired on."""
    reason: str = ""
    """A sentence that says more than the word's own, where there is more to say."""
    code: str = field(default="", repr=False)
    document: Document = Document.CERTIFICATE
    facts: tuple[tuple[str, str], ...] = ()
    """What the document says beyond the person: label and value, of a letter its addressee's kind, say."""
    evidence: str = field(default="", repr=False)
    """The hash under which whoever holds the file may have the evidence of its shared stamp."""


def verdict_for_code(typed: str, *, now: datetime) -> Verdict | None:
    """For a code from a QR or typed in; None where no certificate has it."""
    certificate = certificate_by_code(typed)
    if certificate is None:
        return None
    issued = Line(_("查验码属于 %(date)s 签发的会员证") % {"date": _day(civil_date(certificate.issued_at))}, holds=True)
    return verdict_for_certificate(certificate, (issued,), now=now)


def verdict_for_file(sha256: str, *, now: datetime) -> Verdict | None:
    """For a file with exactly the bytes that we sealed and stored; None where no certificate has them."""
    certificate = certificate_by_sha256(sha256)
    if certificate is None:
        return None
    lines = (
        Line(_("电子印章由协会加盖，完好无损"), holds=True),
        Line(_("文件与签发的原件逐字节相同"), holds=True),
    )
    return verdict_for_certificate(certificate, lines, now=now)


def standing_on(typed: str, day: date) -> Line | None:
    """The membership behind a code on a day, as the register knows it now; no reason for an end."""
    certificate = certificate_by_code(typed)
    if certificate is None:
        return None
    state = membership_state(certificate.membership, on=day)
    texts = {
        MembershipStatus.SUSPENDED: _("%(date)s，会员资格暂停"),
        MembershipStatus.VOID: _("%(date)s，不是会员：会员登记已被撤销，自始无效"),
    }
    said = texts.get(state.status) or (_("%(date)s，是会员") if state.is_current else _("%(date)s，不是会员"))
    return Line(said % {"date": _day(day)}, holds=state.is_current and state.status != MembershipStatus.SUSPENDED)


def verdict_for_certificate(certificate: Certificate, lines: tuple[Line, ...], *, now: datetime) -> Verdict:
    """For a certificate that was found by its code or its file; `lines` say how."""
    standing = _standing(certificate.membership, now=now)
    superseded = certificate.state == CertificateState.SUPERSEDED
    if superseded and standing.word in {Word.VALID, Word.NOT_YET}:
        standing = replace(standing, word=Word.SUPERSEDED, on=civil_date(certificate.superseded_at))
    trust = seal_trust(certificate.sha256)
    if standing.word in {Word.VALID, Word.NOT_YET} and trust.lost_since:
        standing = replace(standing, word=Word.REISSUE, on=civil_date(trust.lost_since))
    if trust.kept_by:
        lines = (*lines, stamp_line(trust.kept_by))
    newest = _("已有更新的版本") if certificate.superseded_by_id else _("已被取代，还没有新的版本")
    current = Line(newest if superseded else _("这是最新版本"), holds=not superseded)
    return replace(standing, lines=(*lines, current, *standing.lines), code=grouped_code(certificate.code))


def verdict_for_member(*, kind: str, number: str, name: str, now: datetime) -> Verdict:
    """For a number and a name together: an unknown number and a wrong name answer alike, in words and in work."""
    membership = membership_by_number_and_name(kind, number, name)
    if membership is None:
        line = Line(_("编号与姓名不能同时对上任何一位会员"), holds=False)
        return Verdict(Word.NO_MATCH, now, (line, register_line(now)))
    standing = _standing(membership, now=now)
    return replace(standing, lines=(Line(_("编号与姓名相符"), holds=True), *standing.lines))


def verdict_for_membership(membership, *, now: datetime) -> Verdict:
    """For a membership that its holder shows, without any document."""
    return _standing(membership, now=now)


def _standing(membership, *, now: datetime) -> Verdict:
    """What the register says of the membership today. No reason is given for an end: it is nobody's business."""
    today = civil_date(now)
    state = membership_state(membership, on=max(today, membership.admitted_on))
    word, on = _word(membership, state, today)
    text = {
        Word.VALID: _("今天（%(date)s）是会员"),
        Word.NOT_YET: _("会员资格尚未开始"),
        Word.SUSPENDED: _("今天（%(date)s）会员资格暂停"),
        Word.ENDED: _("今天（%(date)s）不是会员"),
        Word.VOID: _("会员登记已被撤销，自始无效"),
    }[word]
    line = Line(text % {"date": _day(today)}, holds=word == Word.VALID)
    shown = None if word == Word.VOID else _shown(membership, state)
    return Verdict(word, now, (line, register_line(now)), shown, on)


def _word(membership, state, today: date) -> tuple[Word, date | None]:
    if today < membership.admitted_on and state.is_current:
        return Word.NOT_YET, membership.admitted_on
    if not state.is_current:
        void = state.status == MembershipStatus.VOID
        return (Word.VOID, None) if void else (Word.ENDED, state.since or today)
    return (Word.SUSPENDED if state.status == MembershipStatus.SUSPENDED else Word.VALID), None


def _shown(membership, state) -> Shown | None:
    try:
        masked_name = mask_name(membership.person.name)
    except DataKeyDestroyed:
        return None
    return Shown(
        masked_name=masked_name,
        kind=MemberKind(membership.kind).label,
        association=state.association.label if state.association else "",
        admitted_on=membership.admitted_on,
    )


def register_line(now: datetime) -> Line:
    return Line(_("会员名册为查验当时的实时数据"), holds=True)


def stamp_line(stamped_at: datetime) -> Line:
    """Why seals of a compromised key count all the same."""
    said = _("盖章所用的密钥后来不再可信；时间戳证明，文件在那之前（%(date)s）就已经存在，因此印章仍然可信")
    return Line(said % {"date": _day(civil_date(stamped_at))}, holds=True)


def _day(day: date) -> str:
    return date_format(day)
