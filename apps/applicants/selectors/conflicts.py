"""Conflict of interest: which cases are not for an officer. Only what was declared or stands in the register counts.

Policies and lists ask the same question of the database, so that they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from apps.applicants.models import Application
from apps.core.actor import Actor
from apps.core.dates import add_years
from apps.firms.selectors import firms_named
from apps.members.selectors import firm_ties_of, persons_of_firms
from apps.people.selectors import declared_by, employer_index, persons_with_documents
from apps.rules.selectors import rule_value


@dataclass(frozen=True)
class Tie:
    """An employer or firm; applications from `free_on` on are free of it, none for a present one."""

    key: object
    free_on: date | None


@dataclass(frozen=True)
class Interests:
    documents: frozenset[str] = frozenset()
    employers: tuple[Tie, ...] = ()
    firms: tuple[Tie, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.employers or self.firms)

    @property
    def present_employers(self) -> frozenset:
        return frozenset(tie.key for tie in self.employers if tie.free_on is None)


def interests_of(person_id) -> Interests:
    """Two queries, three for whoever has declared an employer."""
    if person_id is None:
        return Interests()
    declared, register = declared_by(person_id), firm_ties_of(person_id)
    known_firms = firms_named([employer.name for employer in declared.employers])
    ends = {employer.index: _free_on(employer.to_on, employer.declared_on) for employer in declared.employers}
    own = [(tie, _free_on(tie.until, tie.known_on)) for tie in register]
    return Interests(
        documents=declared.documents,
        employers=(
            *(Tie(index, free_on) for index, free_on in ends.items()),
            *(Tie(employer_index(tie.name), free_on) for tie, free_on in own),
        ),
        firms=(
            *(Tie(tie.firm_id, free_on) for tie, free_on in own),
            *(Tie(firm.pk, ends[employer_index(firm.name)]) for firm in known_firms),
        ),
    )


def conflicts_of(actor: Actor) -> Q | None:
    """For a queryset of applications: those in which the actor has an interest; None where there cannot be any."""
    return conflicts_of_person(actor.person_id)


def conflicts_of_person(person_id) -> Q | None:
    return _concerns(interests_of(person_id))


def mark_conflicts(actor: Actor, applications: Iterable[Application]) -> None:
    """For a list: answer has_conflict for all of them at once, in a fixed number of queries."""
    applications, interests = list(applications), interests_of(actor.person_id)
    concerns = _concerns(interests)
    among = Application.objects.filter(pk__in=[application.pk for application in applications])
    found = set(among.filter(concerns).values_list("pk", flat=True)) if concerns is not None else set()
    for application in applications:
        application.known_conflicts = {actor.person_id: (application.pk in found, interests)}


def has_conflict(actor: Actor, application: Application) -> bool:
    """Whether the applicant, their employer or their firms concern this officer personally."""
    if known := _marked(actor, application):
        return known[0]
    return concerns_person(actor.person_id, application)


def concerns_person(person_id, application: Application) -> bool:
    concerns = conflicts_of_person(person_id)
    return concerns is not None and Application.objects.filter(concerns, pk=application.pk).exists()


def is_of_first_officers_firm(actor: Actor, application: Application) -> bool:
    """Whether the officer and the one who decided first work for the same employer now: no two pairs of eyes."""
    first = application.local_decided_by_person_id
    if first is None or actor.person_id is None:
        return False
    known = _marked(actor, application)
    own = (known[1] if known else interests_of(actor.person_id)).present_employers
    return bool(own) and bool(own & interests_of(first).present_employers)


def _marked(actor: Actor, application: Application) -> tuple[bool, Interests] | None:
    return getattr(application, "known_conflicts", {}).get(actor.person_id)


def _concerns(interests: Interests) -> Q | None:
    parts = [
        *(_within(tie, employer_index=tie.key) for tie in interests.employers),
        *(_within(tie, person_id__in=persons_of_firms([tie.key])) for tie in interests.firms),
    ]
    if interests.documents:
        parts.append(Q(person_id__in=persons_with_documents(interests.documents)))
    concerns = None
    for part in parts:
        concerns = part if concerns is None else concerns | part
    return concerns


def _within(tie: Tie, **match) -> Q:
    return Q(**match) if tie.free_on is None else Q(**match, submitted_at__date__lt=tie.free_on)


def _free_on(ended_on: date | None, known_on: date) -> date | None:
    return None if ended_on is None else add_years(ended_on, int(rule_value("conflict.firm_years", on=known_on)))
