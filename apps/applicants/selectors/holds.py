"""Which cases rest today. Computed from the dates when asked: a hold ends although no scheduler runs."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from apps.applicants.models import Application, Hold


def held_on(day: date) -> Q:
    """For a queryset of applications: those that rest on that day."""
    return Q(Exists(_in_force(day).filter(application=OuterRef("pk"))))


def hold_of(application: Application, *, today: date) -> Hold | None:
    """The hold under which a case rests today."""
    return _in_force(today).filter(application=application).select_related("data_key").order_by("-placed_at").first()


def _in_force(day: date):
    return Hold.objects.filter(lifted_at=None, until__gte=day)
