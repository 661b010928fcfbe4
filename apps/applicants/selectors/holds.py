"""Which cases rest today. Computed from the dates when asked: a hold ends although no scheduler runs."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from apps.applicants.enums import State
from apps.applicants.models import Application, Hold
from apps.applicants.selectors.worklist import applications_visible_to
from apps.core.actor import Actor


def held_on(day: date) -> Q:
    """For a queryset of applications: those that rest on that day."""
    return Q(Exists(_in_force(day).filter(application=OuterRef("pk"))))


def hold_of(application: Application, *, today: date) -> Hold | None:
    """The hold under which a case rests today."""
    return _in_force(today).filter(application=application).select_related("data_key").order_by("-placed_at").first()


def mark_holds(applications: list[Application], *, today: date) -> None:
    """For a list: `rests_until` on each, in one query; None where it does not rest."""
    rows = _in_force(today).filter(application__in=[application.pk for application in applications])
    until = dict(rows.order_by("placed_at").values_list("application_id", "until"))
    for application in applications:
        application.rests_until = until.get(application.pk)


def resting_at_recheck(actor: Actor, *, today: date) -> QuerySet[Application]:
    """What the national body lets rest, the nearest end first."""
    until = Subquery(_in_force(today).filter(application=OuterRef("pk")).order_by("-placed_at").values("until")[:1])
    cases = applications_visible_to(actor).filter(held_on(today), state=State.SENT).annotate(rests_until=until)
    return cases.select_related("data_key", "association").order_by("rests_until", "id")


def _in_force(day: date):
    return Hold.objects.filter(lifted_at=None, until__gte=day)
