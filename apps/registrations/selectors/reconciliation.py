"""Portal and platform side by side: what one has and the other has not, and where they differ."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.enums import Permission
from apps.accounts.policies import association_scope
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.people.selectors import identity_index, name_index
from apps.registrations.enums import Field, State
from apps.registrations.models import PlatformResult, Registration

NOT_ON_PLATFORM = "not_on_platform"
NOT_IN_PORTAL = "not_in_portal"
DIFFERS = "differs"
TWICE = "twice"

KINDS = {
    NOT_ON_PLATFORM: gettext_lazy("门户有，监管平台没有结果"),
    NOT_IN_PORTAL: gettext_lazy("监管平台有，门户没有申请"),
    DIFFERS: gettext_lazy("两边不一致"),
    TWICE: gettext_lazy("重复准予"),
}


@dataclass(frozen=True)
class Finding:
    kind: str
    reference: str
    name: str
    firm_code: str
    number: str
    day: date | None
    sentence: str

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]


def reconciliation(actor: Actor, *, since: date) -> list[Finding]:
    """For the actor's associations: cases accepted, and results decided, on or after `since`. Two queries."""
    codes = sorted(association_scope(actor, Permission.REVIEW_REGISTRATION))
    cases = list(
        Registration.objects.filter(association_id__in=codes, accepted_at__date__gte=since, decides_inside=False)
        .select_related("data_key", "firm", "membership")
        .order_by("accepted_at", "id")
    )
    results = list(
        PlatformResult.objects.filter(association_id__in=codes, decided_on__gte=since)
        .select_related("data_key", "registration__data_key", "registration__firm", "registration__membership")
        .order_by("decided_on", "id")
    )
    return [*_waiting(cases, results), *_strangers(results), *_differing(results), *_twice(results)]


def _waiting(cases: list[Registration], results: list[PlatformResult]) -> list[Finding]:
    known = {result.registration_id for result in results}
    return [
        Finding(
            NOT_ON_PLATFORM,
            case.reference,
            case.answers.get(Field.NAME, ""),
            case.firm.code,
            "",
            civil_date(case.accepted_at),
            _("%(day)s受理，尚未导入监管平台的结果。") % {"day": date_format(civil_date(case.accepted_at))},
        )
        for case in cases
        if case.state == State.ACCEPTED and case.pk not in known
    ]


def _strangers(results: list[PlatformResult]) -> list[Finding]:
    sentence = _("监管平台有这个结果，门户中没有这个人的申请。")
    return [_of(result, NOT_IN_PORTAL, sentence) for result in results if result.registration_id is None]


def _differing(results: list[PlatformResult]) -> list[Finding]:
    return [
        _of(result, DIFFERS, _("、").join(differences))
        for result in results
        if result.registration_id and (differences := _differences(result))
    ]


def _differences(result: PlatformResult) -> list[str]:
    """In words, one for each thing that differs between the line and its case."""
    case, found = result.registration, []
    answers = case.answers
    if result.name_index != name_index(answers.get(Field.NAME, "")):
        found.append(_("姓名不同"))
    mine = identity_index(answers.get(Field.IDENTITY_TYPE, ""), answers.get(Field.IDENTITY_NUMBER, ""))
    if result.identity_index != mine:
        found.append(_("证件号码不同"))
    if result.firm_code and result.firm_code != case.firm.code:
        found.append(_("事务所不同（门户 %(code)s）") % {"code": case.firm.code})
    if result.is_admitted and case.membership and case.membership.number != result.number:
        found.append(_("证书编号不同（门户 %(number)s）") % {"number": case.membership.number})
    ended = {True: State.ADMITTED, False: State.REFUSED}[result.is_admitted]
    if case.state != ended:
        found.append(_("门户中是“%(state)s”") % {"state": case.get_state_display()})
    return found


def _twice(results: list[PlatformResult]) -> list[Finding]:
    """The platform admits one person, or gives one number, more than once."""
    admitted = [result for result in results if result.is_admitted]
    persons = Counter(result.identity_index for result in admitted)
    numbers = Counter(result.number for result in admitted)
    return [
        _of(result, TWICE, _("同一人被准予多次，或同一证书编号被给出多次。"))
        for result in admitted
        if persons[result.identity_index] > 1 or numbers[result.number] > 1
    ]


def _of(result: PlatformResult, kind: str, sentence: str) -> Finding:
    reference = result.registration.reference if result.registration else ""
    return Finding(kind, reference, result.name, result.firm_code, result.number, result.decided_on, sentence)
