"""What must be so before a registration, in sentences with their clause (注册办法 Art. 4, 5, 6)."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.enums import RollMatch
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date, span
from apps.applicants.selectors.roll import match_roll
from apps.core.clock import civil_date
from apps.core.dates import add_years
from apps.members.enums import MemberKind
from apps.members.selectors import current_membership_of
from apps.people.selectors import IdentityNumberRefused, read_identity_number
from apps.registrations.enums import Field, Ground
from apps.registrations.models import Registration
from apps.registrations.selectors.answers import days_of_experience
from apps.registrations.selectors.watch_lines import watch_lines
from apps.rules.selectors import free_again_on, rule_clause, rule_value

DECLARED = {"source": Source.DECLARATION}


def checklist(registration: Registration, *, today: date) -> list[ChecklistLine]:
    """Every line, green or not. All clocks end on the application date; whether somebody is a member, today."""
    return [
        *qualification_lines(registration),
        experience_line(registration),
        identity_line(registration),
        age_line(registration),
        *declared_lines(registration),
        *watch_lines(registration, applied=applied_on(registration)),
        full_time_line(registration),
        register_line(registration, today),
        photo_line(registration),
        *attestation_lines(registration),
    ]


def applied_on(registration: Registration) -> date:
    return civil_date(registration.filed_at or registration.changed_at)


def rule(registration: Registration, key: str):
    return rule_value(key, on=applied_on(registration), association_code=registration.association_id)


def clause(registration: Registration, key: str) -> str:
    return rule_clause(key, on=applied_on(registration))


def qualification_lines(registration: Registration) -> list[ChecklistLine]:
    """Art. 4: on the roll; a lost certificate first needs the exam office's confirmation (全科合格信息确认)."""
    answers, article_4 = registration.answers, clause(registration, "practising.work_years")
    match, _entry = match_roll(
        answers.get(Field.CERTIFICATE_NUMBER, ""),
        answers.get(Field.NAME, ""),
        answers.get(Field.IDENTITY_TYPE, ""),
        answers.get(Field.IDENTITY_NUMBER, ""),
    )
    sentences = {
        RollMatch.EXACT: _("合格证号、姓名、证件号码三项与全科合格名单一致。"),
        RollMatch.NEAR: _("与全科合格名单部分一致。请核对是否同一人。"),
        RollMatch.NONE: _("全科合格名单中没有找到这份合格证。请向考试办公室核实。"),
    }
    make = green if match == RollMatch.EXACT else needs_person
    lines = [
        make("roll", sentences[match], article_4, fact=answers.get(Field.CERTIFICATE_NUMBER, ""), source=Source.ROLL)
    ]
    if answers.get(Field.CERTIFICATE_LOST):
        lines.append(lost_certificate_line(registration))
    return lines


def lost_certificate_line(registration: Registration) -> ChecklistLine:
    law = _("《注册会计师全国统一考试合格证管理办法》")
    if number := registration.exam_confirmation:
        sentence = _("合格证已丢失，考试办公室的全科合格信息确认单已登记。")
        return green("lost_certificate", sentence, law, fact=number, source=Source.FACT)
    sentence = _("合格证已丢失。受理前须有考试办公室的全科合格信息确认单，请登记编号。")
    return blocked("lost_certificate", sentence, law, source=Source.ANSWER)


def experience_line(registration: Registration) -> ChecklistLine:
    """Art. 4: two years of audit work in China, as the firm states it."""
    years = int(rule(registration, "practising.work_years"))
    applied = applied_on(registration)
    days = days_of_experience(registration.answers, until=applied)
    needed = (applied - add_years(applied, -years)).days
    law = clause(registration, "practising.work_years")
    values = {"days": days, "years": years}
    if days >= needed:
        sentence = _("事务所填报的境内审计工作经历合计 %(days)s 天，已满 %(years)s 年。") % values
        return green("experience", sentence, law, fact=f"{days} ≥ {needed}", source=Source.ANSWER)
    sentence = _("事务所填报的境内审计工作经历合计 %(days)s 天，不满 %(years)s 年。") % values
    return blocked("experience", sentence, law, fact=f"{days} < {needed}", source=Source.ANSWER)


def identity_line(registration: Registration) -> ChecklistLine:
    answers = registration.answers
    law = clause(registration, "practising.max_age")
    try:
        reading = read_identity_number(
            answers[Field.IDENTITY_TYPE], answers[Field.IDENTITY_NUMBER], today=applied_on(registration)
        )
    except (KeyError, IdentityNumberRefused):
        return needs_person("identity", _("证件号码不符合规则，请与证件核对。"), law, source=Source.ANSWER)
    agrees = reading.birth_on is None or reading.birth_on == read_date(answers.get(Field.BIRTH_ON))
    if agrees and reading.birth_on:
        return green("identity", _("证件号码符合规则，与出生日期一致。"), law, source=Source.ANSWER)
    return needs_person("identity", _("证件号码不能证明出生日期，请与证件核对。"), law, source=Source.ANSWER)


def age_line(registration: Registration) -> ChecklistLine:
    """Art. 5 (7): not over 70 in full years: until the day before the seventy-first birthday."""
    most, applied = int(rule(registration, "practising.max_age")), applied_on(registration)
    law, born = clause(registration, "practising.max_age"), read_date(registration.answers.get(Field.BIRTH_ON))
    if born is None:
        return needs_person("age", _("没有出生日期，无法计算年龄。请要求补正。"), law, source=Source.ANSWER)
    values = {"born": date_format(born), "age": most}
    known = {"fact": span(born, applied), "source": Source.ANSWER}
    if applied < free_again_on(born, most + 1, on=applied):
        return green("age", _("%(born)s 出生，至申请日未超过 %(age)s 周岁。") % values, law, **known)
    return blocked("age", _("%(born)s 出生，至申请日已超过 %(age)s 周岁，不予注册。") % values, law, **known)


def declared_lines(registration: Registration) -> list[ChecklistLine]:
    """Art. 5 (1)-(5): one green line where nothing stands against the candidate, else a line for each ground."""
    declared = registration.answers.get(Field.DECLARATIONS) or {}
    law = clause(registration, "practising.bar_criminal_years")
    if not declared:
        return [needs_person("declarations", _("没有本人声明。请要求补正。"), law, **DECLARED)]
    lines = [_barred_line(ground, declared, registration) for ground in Ground if declared.get(ground)]
    if not declared.get("capacity"):
        lines.insert(0, blocked("capacity", _("本人没有声明具有完全民事行为能力。"), law, **DECLARED))
    return lines or [green("declarations", _("本人声明没有不予注册的情形。"), law, **DECLARED)]


def _barred_line(ground: Ground, declared: dict, registration: Registration) -> ChecklistLine:
    key, applied = f"practising.bar_{ground}_years", applied_on(registration)
    law, since = clause(registration, key), read_date(declared.get(f"{ground}_on"))
    if since is None:
        sentence = _("本人声明%(ground)s，没有写明日期。请核实。") % {"ground": ground.label}
        return needs_person(ground, sentence, law, **DECLARED)
    years = int(rule(registration, key))
    values = {"ground": ground.label, "since": date_format(since), "years": years}
    free_on = free_again_on(since, years, on=applied)
    known = {"fact": f"{span(since, applied)} (≥ {free_on.isoformat()})", "source": Source.DECLARATION}
    if applied < free_on:
        sentence = _("本人声明%(ground)s（%(since)s），至申请日不满 %(years)s 年，不予注册。") % values
        return blocked(ground, sentence, law, **known)
    sentence = _("本人声明%(ground)s（%(since)s），至申请日已满 %(years)s 年。请核实。") % values
    return needs_person(ground, sentence, law, **known)


def full_time_line(registration: Registration) -> ChecklistLine:
    """Art. 5 (6) and 6: the firm commits, and the candidate says the same."""
    law = clause(registration, "practising.max_age")
    declared = registration.answers.get(Field.DECLARATIONS) or {}
    if registration.committed_at and declared.get("full_time"):
        day = date_format(civil_date(registration.committed_at))
        sentence = _("事务所于 %(day)s 承诺申请人专职执业，本人声明相同。") % {"day": day}
        return green("full_time", sentence, law, source=Source.DECLARATION)
    sentence = _("没有事务所和本人一致的专职执业承诺。请核实。")
    return needs_person("full_time", sentence, law, source=Source.DECLARATION)


def register_line(registration: Registration, today: date) -> ChecklistLine:
    """Nobody is a practising member twice; a non-practising one is converted."""
    known = current_membership_of(registration.person_id, on=today) if registration.person_id else None
    law = _("《注册会计师法》第二十二条")
    if known is None:
        return green("register", _("会员名册中没有此人现行的会员资格。"), law, source=Source.REGISTER)
    if known.kind == MemberKind.NON_PRACTISING:
        sentence = _("此人是非执业会员；准予注册之日，非执业会员资格按转换终止。")
        return green("register", sentence, law, fact=known.number, source=Source.REGISTER)
    sentence = _("此人已是注册会计师，不能重复注册；变更事务所请办理转所。")
    return blocked("register", sentence, law, fact=known.number, source=Source.REGISTER)


def photo_line(registration: Registration) -> ChecklistLine:
    if registration.photo_id is None:
        return blocked("photo", _("没有照片，不能制作证书。请要求补正。"), source=Source.ANSWER)
    return green("photo", _("照片已按规格裁剪。"), source=Source.ANSWER)


def attestation_lines(registration: Registration) -> list[ChecklistLine]:
    """Only where the association's rule asks for it: the present law does not."""
    if not rule(registration, "practising.partner_attestation"):
        return []
    partner = registration.answers.get(Field.ATTESTATION, "")
    if partner:
        sentence = _("合伙人 %(name)s 证明其审计工作经历。请核对是否本所合伙人。") % {"name": partner}
        return [needs_person("attestation", sentence, source=Source.ANSWER)]
    return [blocked("attestation", _("本协会要求合伙人证明审计工作经历，尚未填写。请要求补正。"), source=Source.ANSWER)]


def missing_for_acceptance(lines: list[ChecklistLine], confirmed: set[str]) -> list:
    """What stands in the way of acceptance: Art. 9 looks at form, so only what is missing blocks it; bars are decided
    upon (and refused with reason), but what needs a person is looked at now."""
    forms = [line.sentence for line in lines if line.is_blocked and line.key in FORM_KEYS]
    return forms + unseen(lines, confirmed)


def missing_for_proposal(lines: list[ChecklistLine], confirmed: set[str]) -> list:
    return [line.sentence for line in lines if line.is_blocked] + unseen(lines, confirmed)


def unseen(lines: list[ChecklistLine], confirmed: set[str]) -> list:
    return [
        _("请人工核对后勾选：%(line)s") % {"line": line.sentence}
        for line in lines
        if line.needs_person and line.key not in confirmed
    ]


FORM_KEYS = frozenset({"lost_certificate", "photo", "attestation"})


def agents_checklist(registration: Registration) -> list[ChecklistLine]:
    """What the firm may learn of its own statements before it files. Roll and register answer an officer only."""
    return [
        experience_line(registration),
        identity_line(registration),
        age_line(registration),
        photo_line(registration),
        *attestation_lines(registration),
    ]
