"""Lines of the checklist about the route: the roll's line, the practising record, the proof of a late applicant, and
whether the portal knows the applicant or the certificate already. Functions of the facts and the rules alone."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.enums import Field, LateMode, RollMatch
from apps.applicants.selectors.case_facts import CaseFacts
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date
from apps.applicants.selectors.roll import WHY, normalise_certificate_number
from apps.members.enums import EndReason, MembershipStatus
from apps.rules.selectors import rule_clause, rule_value

BARRING_ENDS = frozenset({EndReason.REVOKED, EndReason.EXPELLED, EndReason.DISQUALIFIED, EndReason.DECEASED})
"""Ends for the reasons of 登记办法 Art. 10 and 5: the conversion is not for these."""


def roll_line(facts: CaseFacts) -> ChecklistLine:
    clause = article_3(facts)
    number = facts.answer(Field.CERTIFICATE_NUMBER, "")
    known = {"fact": normalise_certificate_number(number), "source": Source.ROLL}
    if facts.roll_match == RollMatch.EXACT:
        return green("roll", _("合格证号、姓名、证件号码三项与全科合格名单一致。"), clause, **known)
    if facts.roll_match != RollMatch.NEAR:
        return needs_person("roll", _("全科合格名单中没有找到这份合格证。请向考试办公室核实。"), clause, **known)
    if facts.roll_must_choose:
        sentence = _("全科合格名单中有几条可能是申请人。请先在名单旁选定一条，或选“都不是”。")
        return blocked("roll", sentence, clause, **known)
    if facts.roll_chosen and facts.roll is None:
        sentence = _("经核对，名单中相近的记录都不是申请人。请向考试办公室核实。")
        return needs_person("roll", sentence, clause, **known)
    values = {"number": facts.roll.certificate_number, "why": _("、").join(str(WHY[code]) for code in facts.roll_why)}
    sentence = (
        _("已选定名单中的 %(number)s：%(why)s。请确认是同一人。")
        if facts.roll_chosen
        else _("与名单中的 %(number)s 相近：%(why)s。不同之处已在名单旁标出，请核对是否同一人。")
    )
    return needs_person("roll", sentence % values, clause, **known)


def record_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """What the register says of the practising membership that the applicant named."""
    if facts.record is None:
        return []
    clause = article_3(facts)
    known = {"fact": facts.record["number"], "source": Source.REGISTER}
    if not facts.record["found"]:
        sentence = _("会员名册中没有注册会计师证书编号 %(number)s。请向注册地协会核实注册记录。")
        return [needs_person("practising", sentence % facts.record, clause, **known)]
    if not facts.record["identity"]:
        sentence = _("证书编号 %(number)s 登记的证件与申请人的不同。请核对是否本人（也许换过证件）。")
        return [needs_person("practising", sentence % facts.record, clause, **known)]
    lines = [_end_line(facts, clause, known)]
    if not facts.record["name"]:
        sentence = _("证书编号 %(number)s 登记的姓名与申请人填写的不同。请核对是否改名。")
        lines.append(needs_person("practising_name", sentence % facts.record, clause, **known))
    return lines


def _end_line(facts: CaseFacts, clause: str, known: dict) -> ChecklistLine:
    reason, ended_on = facts.record["end_reason"], read_date(facts.record["ended_on"])
    if facts.record["is_current"]:
        sentence = _("名册中此人仍是执业会员（%(number)s）。请核实已停止执业；复核通过时，执业会员资格同日终止。")
        return needs_person("practising", sentence % facts.record, clause, **known)
    if facts.record["status"] != MembershipStatus.ENDED or ended_on is None:
        sentence = _("名册中证书编号 %(number)s 的登记无效。请核实。")
        return needs_person("practising", sentence % facts.record, clause, **known)
    values = {"number": facts.record["number"], "day": date_format(ended_on), "reason": EndReason(reason).label}
    if reason in BARRING_ENDS:
        sentence = _("执业会员资格（%(number)s）于 %(day)s 终止，原因：%(reason)s。属于不能转为非执业会员的情形。")
        return blocked("practising", sentence % values, clause, **known)
    if reason == EndReason.RESCINDED:
        sentence = _(
            "执业会员资格（%(number)s）于 %(day)s 终止，原因：%(reason)s。请核实撤销的缘由不属于第十条所列情形。"
        )
        return needs_person("practising", sentence % values, clause, **known)
    sentence = _("证书编号、证件与名册一致：执业会员资格（%(number)s）于 %(day)s 终止，原因：%(reason)s。")
    return green("practising", sentence % values, clause, **known)


def stopped_on(facts: CaseFacts) -> tuple[date | None, Source]:
    """From when the five years run: the register's end where it is the applicant's own record, else the answer."""
    record = facts.record or {}
    if record.get("identity") and (ended_on := read_date(record.get("ended_on"))):
        return ended_on, Source.REGISTER
    return read_date(facts.answer(Field.STOPPED_ON)), Source.ANSWER


def stopped_lines(facts: CaseFacts, day: date, source: Source) -> list[ChecklistLine]:
    """A declared day is a person's to verify: where the register does not say it, or says another."""
    declared = read_date(facts.answer(Field.STOPPED_ON))
    if source == Source.ANSWER:
        sentence = _("申请人称于 %(stopped)s 停止执业，名册中没有终止日期。请核对执业会员注册记录。")
        values = {"stopped": date_format(day)}
        return [needs_person("stopped_on", sentence % values, article_3(facts), fact=day.isoformat(), source=source)]
    if declared in {None, day}:
        return []
    sentence = _("申请人填写的停止执业日期 %(declared)s 与名册的 %(day)s 不同，以名册为准。")
    values = {"declared": date_format(declared), "day": date_format(day)}
    fact = f"{declared.isoformat()} ≠ {day.isoformat()}"
    return [green("stopped_on", sentence % values, article_3(facts), fact=fact, source=source)]


def late_line(facts: CaseFacts) -> ChecklistLine | None:
    """The proof that the association asks of a late applicant; None where it asks for none."""
    mode = rule_value("late_admission.mode", on=facts.applied_on, association_code=facts.association)
    clause = rule_clause("late_admission.mode", on=facts.applied_on)
    if mode == LateMode.TEST:
        number, day = facts.answer(Field.LATE_TEST_NUMBER), read_date(facts.answer(Field.LATE_TEST_ON))
        if not number or day is None:
            return blocked("late", _("没有相关测试的结果。请要求补正。"), clause, source=Source.ANSWER)
        sentence = _("申请人称于 %(day)s 通过相关测试，成绩单编号 %(number)s。请核对测试结果。")
        values = {"day": date_format(day), "number": number}
        return needs_person("late", sentence % values, clause, fact=f"{day} {number}", source=Source.ANSWER)
    if mode == LateMode.CPE_PROOF:
        if not facts.answer(Field.LATE_CPE):
            return blocked("late", _("没有继续教育证明。请要求补正。"), clause, source=Source.ANSWER)
        sentence = _("申请人填写了取得合格证以后的继续教育情况。请逐年核对。")
        return needs_person("late", sentence, clause, source=Source.ANSWER)
    return None


def likeness_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Whether somebody the portal knows may be the applicant, and whether the certificate was used before."""
    lines, clause = [], rule_clause("application.local_days", on=facts.applied_on)
    if facts.persons_unsettled:
        sentence = _("系统中有 %(count)s 人可能就是申请人。请先在“可能是同一人”处逐一回答。")
        values = {"count": facts.persons_unsettled}
        lines.append(blocked("same_person", sentence % values, clause, source=Source.PERSON))
    elif facts.persons_settled:
        lines.append(green("same_person", _("可能是同一人的记录已由工作人员逐一核对。"), clause, source=Source.PERSON))
    if facts.certificate_used:
        sentence = _("同一合格证号已用于另一人的申请 %(reference)s。请核实这份合格证属于谁。")
        values = {"reference": facts.certificate_used}
        fact = facts.certificate_used
        lines.append(needs_person("certificate_used", sentence % values, clause, fact=fact, source=Source.ANSWER))
    return lines


def article_3(facts: CaseFacts) -> str:
    return rule_clause("application.max_years", on=facts.applied_on)
