"""What officers have declared of themselves, and whom it concerns."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.core.encryption import blind_index
from apps.people.enums import RelationKind
from apps.people.models import DeclaredRelation, IdentityDocument, Person

_BRACKETS = str.maketrans("（）", "()")


def employer_index(name: str) -> str:
    """The same for one employer however its name is typed: width, spaces, kinds of brackets. Empty for none."""
    plain = "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).casefold().split())
    return blind_index("people.employer", plain) if plain else ""


def relations_of(officer_id: UUID) -> QuerySet[DeclaredRelation]:
    """What the officer has declared and not taken back, the latest first."""
    rows = DeclaredRelation.objects.filter(officer_id=officer_id, ended_at=None).select_related("data_key")
    return rows.order_by("-declared_at", "-id")


@dataclass(frozen=True)
class DeclaredEmployer:
    index: str
    name: str
    to_on: date | None
    declared_on: date


@dataclass(frozen=True)
class Declared:
    """What follows from an officer's declarations: whose identity documents, which employers."""

    documents: frozenset[str] = frozenset()
    employers: tuple[DeclaredEmployer, ...] = ()


def declared_by(officer_id: UUID) -> Declared:
    """One query."""
    rows = list(relations_of(officer_id))
    return Declared(
        documents=frozenset(row.index for row in rows if row.kind == RelationKind.PERSON),
        employers=tuple(
            DeclaredEmployer(row.index, row.name, row.to_on, row.declared_at.date())
            for row in rows
            if row.kind == RelationKind.EMPLOYER
        ),
    )


def persons_with_documents(indexes: frozenset[str]) -> QuerySet:
    """The ids of persons who hold or held these documents, and of those merged into them, as a subquery."""
    holders = IdentityDocument.objects.filter(number_index__in=indexes).values("person_id")
    survivors = Person.objects.filter(pk__in=holders, merged_into__isnull=False).values("merged_into_id")
    return Person.objects.filter(
        Q(pk__in=holders) | Q(merged_into__in=holders) | Q(pk__in=survivors) | Q(merged_into__in=survivors)
    ).values("pk")
