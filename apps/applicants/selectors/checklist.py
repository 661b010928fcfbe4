"""What must be so before an association agrees, in sentences with their clause (登记办法 Art. 3 and 5).

`derive` is a function of the gathered facts and the rules alone: it asks no database, so that it can be run again.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.applicants.enums import AttachmentKind, Field, Route, State
from apps.applicants.models import Application
from apps.applicants.selectors.case import RollFinding
from apps.applicants.selectors.case_facts import CaseFacts
from apps.applicants.selectors.declarations import declaration_lines
from apps.applicants.selectors.gathering import gather_case_facts
from apps.applicants.selectors.lines import ChecklistLine, Source, blocked, green, needs_person, read_date, span
from apps.applicants.selectors.roll import normalise_certificate_number
from apps.applicants.selectors.route_lines import (
    article_3,
    late_line,
    likeness_lines,
    record_lines,
    roll_line,
    stopped_lines,
    stopped_on,
)
from apps.applicants.selectors.watch_lines import watch_lines
from apps.people.enums import Sex
from apps.people.selectors import IdentityNumberRefused, name_index, read_identity_number
from apps.rules.selectors import last_day_within, rule_clause, rule_value


def checklist(application: Application, finding: RollFinding, *, today: date) -> list[ChecklistLine]:
    """Every line, green or not. All clocks end on the application date; whether somebody is a member, today."""
    return derive(gather_case_facts(application, finding, today=today))


def derive(facts: CaseFacts) -> list[ChecklistLine]:
    """The lines that follow from these facts under the rules of the application date."""
    return [
        *entitling_lines(facts),
        *likeness_lines(facts),
        *identity_lines(facts),
        *register_lines(facts),
        *declaration_lines(facts),
        *watch_lines(facts),
        photo_line(facts),
        *paper_lines(facts),
    ]


def paper_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """What was sent must be read by a person; no machine reads papers here."""
    if not facts.papers:
        return []
    kinds = "、".join(str(AttachmentKind(kind).label) for kind in facts.papers)
    sentence = _("请看左侧的证明材料：%(kinds)s。") % {"kinds": kinds}
    return [needs_person("papers", sentence, fact=" ".join(facts.papers), source=Source.ANSWER)]


def entitling_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Which of the ways of Art. 3 it is. Who comes late may have passed the examination, been a CPA, or both."""
    by_certificate = bool(_certificate_number(facts))
    if facts.route == Route.EX_PRACTISING or not by_certificate:
        return practising_lines(facts)
    return [roll_line(facts), *certificate_lines(facts), *record_lines(facts)]


def certificate_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Art. 3 (1): the five years, counted from the roll's date where it has the certificate, else from the answer."""
    answered = read_date(facts.answer(Field.CERTIFICATE_ON))
    on_roll = facts.roll.certificate_on if _same_certificate(facts) else None
    obtained = on_roll or answered
    if obtained is None:
        sentence = _("没有合格证日期，无法计算是否超过期限。请要求补正。")
        return [needs_person("five_years", sentence, article_3(facts), source=Source.ANSWER)]
    lines = five_years_lines(facts, obtained, Source.ROLL if on_roll else Source.ANSWER)
    if on_roll and answered and on_roll != answered:
        sentence = _("填报的合格证日期 %(answered)s 与名单上的 %(roll)s 不同，以名单为准。") % {
            "answered": date_format(answered),
            "roll": date_format(on_roll),
        }
        fact = f"{answered.isoformat()} ≠ {on_roll.isoformat()}"
        lines.append(needs_person("certificate_date", sentence, article_3(facts), fact=fact, source=Source.ROLL))
    return lines


def practising_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Art. 3 (2): the record in the register, and five years from the day the practising ended."""
    stopped, source = stopped_on(facts)
    if stopped is None:
        sentence = _("没有停止执业的日期，无法计算是否超过期限。请要求补正。")
        return [*record_lines(facts), needs_person("five_years", sentence, article_3(facts), source=Source.ANSWER)]
    return [*record_lines(facts), *stopped_lines(facts, stopped, source), *five_years_lines(facts, stopped, source)]


def five_years_lines(facts: CaseFacts, obtained: date, source: Source) -> list[ChecklistLine]:
    applied = facts.applied_on
    years = int(rule_value("application.max_years", on=applied, association_code=facts.association))
    last = last_day_within(obtained, years, on=applied)
    known = {"fact": f"{span(obtained, applied)} (≤ {last.isoformat()})", "source": source}
    values = {
        "event": _event(facts, obtained),
        "elapsed": elapsed(obtained, applied),
        "years": years,
        "last": date_format(last),
    }
    clause = article_3(facts)
    if applied <= last:
        sentence = _("%(event)s，至申请日 %(elapsed)s，未超过 %(years)s 年。") % values
        return [green("five_years", sentence, clause, **known)]
    sentence = _("%(event)s，%(years)s 年的最后一天是 %(last)s，申请日已超过。") % values
    if (proof := late_line(facts)) is None:
        return [blocked("five_years", sentence + _("目前不受理超过期限的申请。"), clause, **known)]
    return [needs_person("five_years", sentence + _("请核对相关测试或继续教育证明。"), clause, **known), proof]


def article_4(facts: CaseFacts) -> str:
    """The application is true and complete, and is decided upon once."""
    return rule_clause("application.local_days", on=facts.applied_on)


def identity_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Whether the number, the birth date and the sex agree, and whether the portal knows the person otherwise."""
    return [line for line in (_number_line(facts), _known_person_line(facts)) if line]


def register_lines(facts: CaseFacts) -> list[ChecklistLine]:
    """Nobody is a member twice; the register would refuse it at the confirmation, so it is said here."""
    if facts.state == State.CONFIRMED:
        return []
    known = {"clause": article_4(facts), "fact": facts.today.isoformat(), "source": Source.REGISTER}
    if not facts.is_member:
        return [green("register", _("会员名册中没有此人现在的会员资格。"), **known)]
    return [blocked("register", _("此人在会员名册中已是会员，不能重复入会。请先核实其会员记录。"), **known)]


def photo_line(facts: CaseFacts) -> ChecklistLine:
    clause = article_4(facts)
    if not facts.has_photo:
        return blocked("photo", _("没有照片，不能制作会员证。请要求补正。"), clause, source=Source.ANSWER)
    sentence = _("照片符合规格：一寸，178 × 220 像素。请看一眼是否本人正面免冠照。")
    return green("photo", sentence, clause, fact="178 × 220", source=Source.ANSWER)


def elapsed(since: date, until: date) -> str:
    """Whole years and months between two days, as one would say it."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    years, months = divmod(max(months, 0), 12)
    return _("%(years)s 年 %(months)s 个月") % {"years": years, "months": months}


def _event(facts: CaseFacts, day: date) -> str:
    if facts.route == Route.EX_PRACTISING or not _certificate_number(facts):
        return _("%(day)s 停止执业") % {"day": date_format(day)}
    number = _certificate_number(facts)
    return _("合格证 %(number)s 于 %(day)s 取得") % {"number": number, "day": date_format(day)}


def _certificate_number(facts: CaseFacts) -> str:
    return facts.answer(Field.CERTIFICATE_NUMBER, "")


def _same_certificate(facts: CaseFacts) -> bool:
    number = normalise_certificate_number(_certificate_number(facts))
    return facts.roll is not None and facts.roll.certificate_number == number


def _number_line(facts: CaseFacts) -> ChecklistLine:
    answers, clause = facts.answers, article_4(facts)
    number = answers.get(Field.IDENTITY_NUMBER, "")
    try:
        reading = read_identity_number(answers.get(Field.IDENTITY_TYPE, ""), number, today=facts.applied_on)
    except (IdentityNumberRefused, KeyError) as error:
        sentence = _("证件号码有疑问：%(problem)s") % {"problem": error}
        return needs_person("identity", sentence, clause, fact=number, source=Source.ANSWER)
    born, sex = read_date(answers.get(Field.BIRTH_ON)), answers.get(Field.SEX, "")
    if reading.birth_on and born and reading.birth_on != born:
        fact = f"{reading.birth_on.isoformat()} ≠ {born.isoformat()}"
        sentence = _("证件号码中的出生日期与填报的不同。请核对。")
        return needs_person("identity", sentence, clause, fact=fact, source=Source.ANSWER)
    if reading.sex and sex and reading.sex != Sex(sex):
        sentence = _("证件号码表示的性别与填报的不同。请核对。")
        return needs_person("identity", sentence, clause, fact=f"{reading.sex} ≠ {sex}", source=Source.ANSWER)
    if reading.warnings:
        sentence = " ".join(str(warning) for warning in reading.warnings)
        return needs_person("identity", sentence, clause, fact=number, source=Source.ANSWER)
    sentence = _("证件号码格式正确，与出生日期、性别一致。")
    return green("identity", sentence, clause, fact=born.isoformat() if born else "", source=Source.ANSWER)


def _known_person_line(facts: CaseFacts) -> ChecklistLine | None:
    if name_index(facts.known_name) == name_index(facts.answer(Field.NAME, "")):
        return None
    return needs_person(
        "known_person",
        _("同一证件号码在系统中登记的姓名是“%(name)s”。请核对是否改名或填错。") % {"name": facts.known_name},
        article_4(facts),
        fact=facts.known_name,
        source=Source.PERSON,
    )
