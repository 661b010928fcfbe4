"""The watch list: which recorded facts may be about this person, and why one thinks so.

Bounded work: three indexes give the candidates, at most CANDIDATES of each; only these are opened and compared.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from apps.people.enums import IdentityType
from apps.people.selectors import identity_index, normalise_identity_number
from apps.people.selectors.likeness import (
    Alike,
    compare_names,
    compare_numbers,
    nearby_identity_indexes,
    sound_index,
)
from apps.standing.enums import Certainty
from apps.standing.models import RecordedFact
from apps.standing.selectors.bars import Fact
from apps.standing.selectors.keys import birth_index

CANDIDATES = 200


@dataclass(frozen=True)
class WatchMatch:
    """The facts that may be about the person asked for, which all name the same human being in the same way.

    `why` has a sentence for each thing that is alike, in the active language.
    """

    certainty: Certainty
    facts: tuple[Fact, ...]
    why: tuple[str, ...]
    fact_ids: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.certainty == Certainty.EXACT


def watch_matches(*, name: str, identity_type: str, identity_number: str, birth_on: date | None) -> list[WatchMatch]:
    """The exact ones first. Facts that were withdrawn are left out."""
    asked = _Asked(name, identity_type, normalise_identity_number(identity_number), birth_on)
    found: dict[tuple, list[RecordedFact]] = {}
    for fact in _candidates(asked):
        if likeness := _likeness(asked, fact):
            found.setdefault(likeness, []).append(fact)
    matches = [_match(likeness, facts) for likeness, facts in found.items()]
    return sorted(matches, key=lambda match: not match.is_exact)


def facts_of(rows: list[RecordedFact]) -> tuple[Fact, ...]:
    return tuple(Fact(row.ground, started_on(row), row.document) for row in rows)


def started_on(row: RecordedFact) -> date | None:
    """The day that starts the clock: of a sentence its completion, of everything else the decision."""
    return row.completed_on if row.ground == "criminal" else row.decided_on


@dataclass(frozen=True)
class _Asked:
    name: str
    identity_type: str
    number: str
    birth_on: date | None


def _candidates(asked: _Asked) -> list[RecordedFact]:
    """By the document, also mistyped; by the day of birth; by the sound of the name where the record knows no more."""
    rows = RecordedFact.objects.filter(withdrawn_at=None).select_related("data_key").order_by("id")
    found: dict = {}
    for some in _lists(rows, asked):
        found |= {row.pk: row for row in some[:CANDIDATES]}
    return list(found.values())


def _lists(rows: QuerySet, asked: _Asked):
    if asked.identity_type in IdentityType.values and asked.number:
        own = identity_index(asked.identity_type, asked.number)
        yield rows.filter(identity_index__in=[own, *nearby_identity_indexes(asked.identity_type, asked.number)])
    if asked.birth_on:
        yield rows.filter(birth_index=birth_index(asked.birth_on))
    yield rows.filter(sound_index=sound_index(asked.name), identity_index="", birth_index="")


def _likeness(asked: _Asked, fact: RecordedFact) -> tuple | None:
    """(certainty, how the numbers are alike, how the names are, whether the births agree); None for somebody else."""
    names = compare_names(asked.name, fact.name)
    numbers = _compare_documents(asked, fact)
    births = bool(asked.birth_on and fact.birth_on == asked.birth_on)
    if numbers == Alike.SAME:
        return Certainty.EXACT, numbers, names, births
    if numbers != Alike.OTHER and (names != Alike.OTHER or births):
        return Certainty.NEAR, numbers, names, births
    if names != Alike.OTHER and (births or _knows_only_the_name(fact)):
        return Certainty.NEAR, Alike.OTHER, names, births
    return None


def _knows_only_the_name(fact: RecordedFact) -> bool:
    return not fact.identity_index and not fact.birth_index


def _compare_documents(asked: _Asked, fact: RecordedFact) -> Alike:
    if not fact.identity_index or not asked.number or asked.identity_type not in IdentityType.values:
        return Alike.OTHER
    if fact.identity_index == identity_index(asked.identity_type, asked.number):
        return Alike.SAME
    if fact.identity_type != asked.identity_type:
        return Alike.OTHER
    return compare_numbers(asked.number, normalise_identity_number(fact.identity_number))


def _match(likeness: tuple, rows: list[RecordedFact]) -> WatchMatch:
    certainty, numbers, names, births = likeness
    sentences = [
        *_about_numbers(numbers, rows[0]),
        *_about_names(names, rows[0]),
        *_about_births(births, rows[0]),
    ]
    return WatchMatch(certainty, facts_of(rows), tuple(sentences), tuple(str(row.pk) for row in rows))


def _about_numbers(numbers: Alike, row: RecordedFact) -> list[str]:
    number = row.identity_number or ""
    if numbers == Alike.SAME:
        if len(number) == 15:
            return [_("记录中是 15 位旧号码 %(number)s，升位后与申请人的证件号码相同。") % {"number": number}]
        return [_("证件号码与记录相同。")]
    if numbers == Alike.TRANSPOSED:
        return [_("记录的证件号码 %(number)s 有相邻两位次序颠倒。") % {"number": number}]
    if numbers == Alike.ONE_CHARACTER:
        return [_("记录的证件号码 %(number)s 只差一位。") % {"number": number}]
    return []


def _about_names(names: Alike, row: RecordedFact) -> list[str]:
    sentences = {
        Alike.SAME: _("姓名相同：%(name)s。"),
        Alike.VARIANT: _("记录的姓名“%(name)s”是同一字的繁体或异体写法。"),
        Alike.SOUND: _("记录的姓名“%(name)s”读音相同。"),
        Alike.ONE_CHARACTER: _("记录的姓名“%(name)s”只差一个字。"),
        Alike.TRANSPOSED: _("记录的姓名“%(name)s”两个字次序颠倒。"),
        Alike.OTHER: _("记录的姓名是“%(name)s”，与申请人的不同。"),
    }
    return [sentences[names] % {"name": row.name}]


def _about_births(births: bool, row: RecordedFact) -> list[str]:
    if births:
        return [_("出生日期相同：%(day)s。") % {"day": date_format(row.birth_on)}]
    if _knows_only_the_name(row):
        return [_("记录中没有证件号码和出生日期，只能凭姓名核对。")]
    return []
