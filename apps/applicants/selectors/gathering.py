"""Every question that the checklist has for the database, asked in one place."""

from dataclasses import replace
from datetime import date

from apps.applicants.enums import Field, RollMatch
from apps.applicants.models import Application, RollEntry
from apps.applicants.selectors.attachments import usable_kinds
from apps.applicants.selectors.case import RollFinding
from apps.applicants.selectors.case_facts import CaseFacts, RollFact, WatchedFact
from apps.applicants.selectors.likeness import certificate_used_by, settled_persons
from apps.applicants.selectors.lines import read_date
from apps.applicants.selectors.practising import record_facts, will_convert
from apps.core.clock import civil_date
from apps.members.selectors import has_membership_after
from apps.people.selectors import identity_documents_of, normalise_identity_number
from apps.standing.selectors import Fact, WatchMatch, watch_matches


def gather_case_facts(application: Application, finding: RollFinding, *, today: date) -> CaseFacts:
    """Every question that the checklist has for the database is asked here."""
    return replace(
        facts_at_hand(application, today=today),
        roll_match=str(finding.match),
        roll=_roll_fact(finding.entry),
        is_member=has_membership_after(application.person_id, today) and not will_convert(application),
        watched=_watched(application),
        roll_why=_roll_why(finding),
        roll_chosen=finding.is_chosen,
        roll_must_choose=finding.must_choose,
        record=record_facts(application, today=today),
        certificate_used=certificate_used_by(application),
        **settled_persons(application),
        papers=usable_kinds(application),
    )


def facts_at_hand(application: Application, *, today: date) -> CaseFacts:
    """What the case itself says, with the roll as it was found last: nothing is asked but related rows at hand."""
    return CaseFacts(
        route=str(application.route),
        state=str(application.state),
        association=application.association_id,
        applied_on=civil_date(application.submitted_at),
        today=today,
        answers={name: value for name, value in application.answers.items() if name != "typed"},
        has_photo=application.photo_id is not None,
        roll_match=application.roll_match or RollMatch.NONE,
        roll=_roll_fact(application.roll_entry),
        known_name=application.person.name if application.person_id else application.answers.get(Field.NAME, ""),
    )


def _watched(application: Application) -> list[WatchedFact]:
    """By the document of the answers, and by every other one that the portal knows of the person."""
    answers = application.answers
    asked = {(answers.get(Field.IDENTITY_TYPE, ""), normalise_identity_number(answers.get(Field.IDENTITY_NUMBER, "")))}
    if application.person_id:
        asked |= {(document.type, document.number) for document in identity_documents_of(application.person_id)}
    found: dict[str, WatchedFact] = {}
    for identity_type, number in sorted(asked):
        matches = watch_matches(
            name=answers.get(Field.NAME, ""),
            identity_type=identity_type,
            identity_number=number,
            birth_on=read_date(answers.get(Field.BIRTH_ON)),
        )
        for match in matches:
            for fact_id, fact in zip(match.fact_ids, match.facts, strict=True):
                if fact_id not in found or match.is_exact:
                    found[fact_id] = _watched_fact(match, fact)
    return list(found.values())


def _watched_fact(match: WatchMatch, fact: Fact) -> WatchedFact:
    return WatchedFact(str(match.certainty), str(fact.ground), fact.since, fact.document, list(match.why))


def _roll_fact(entry: RollEntry | None) -> RollFact | None:
    if entry is None:
        return None
    return RollFact(
        certificate_number=entry.certificate_number,
        certificate_on=entry.certificate_on,
        name=entry.name,
        identity_type=str(entry.identity_type),
        identity_number=entry.identity_number,
    )


def _roll_why(finding: RollFinding) -> tuple[str, ...]:
    return next((found.why for found in finding.candidates if finding.entry and found.entry.pk == finding.entry.pk), ())
