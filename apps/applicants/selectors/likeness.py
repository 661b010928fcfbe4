"""Who of those the portal knows may be the applicant, and whether the certificate was used before (product.md, A6)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, State
from apps.applicants.models import Application, PossiblePerson
from apps.applicants.selectors.lines import read_date
from apps.core.errors import DataKeyDestroyed
from apps.members.selectors import memberships_of_person
from apps.people.enums import IdentityType
from apps.people.selectors import (
    Alike,
    compare_names,
    compare_numbers,
    identity_documents_of,
    normalise_identity_number,
    persons_alike,
)

WHY = {
    "name_same": _("姓名相同"),
    "name_variant": _("姓名是异体字或繁简体写法"),
    "name_sound": _("姓名读音相同"),
    "birth_on": _("出生日期相同"),
    "same_country": _("同一国家或地区签发的证件，号码不同，可能换过证件"),
    "identity_one_character": _("证件号码相差一位"),
    "identity_transposed": _("证件号码有相邻两位颠倒"),
    "cpa_number": _("申请人填写的注册会计师证书编号属于此人"),
}
SOUNDING = {Alike.SAME, Alike.VARIANT, Alike.SOUND}
UNUSED = (State.WITHDRAWN, State.EXPIRED, State.REFUSED, State.DRAFT)


def find_possible_persons(application: Application) -> dict:
    """person → codes of what is alike, without the applicant's own row. Twins are found, too: a person tells."""
    answers = application.answers
    born = read_date(answers.get(Field.BIRTH_ON))
    alike = persons_alike(
        name=answers[Field.NAME],
        birth_on=born,
        identity_type=answers[Field.IDENTITY_TYPE],
        identity_number=answers[Field.IDENTITY_NUMBER],
    )
    found = {person: _alike(answers, person, born) for person in alike if person.pk != application.person_id}
    record = application.register_entry
    if record is not None and record.person_id != application.person_id:
        found[record.person] = ["cpa_number", *found.get(record.person, [])]
    return {person: why for person, why in found.items() if why}


def _alike(answers: dict, person, born) -> list[str]:
    try:
        name = compare_names(answers[Field.NAME], person.name)
        same_birth = born is not None and person.birth_on == born
        documents = [(doc.type, doc.country, doc.number) for doc in identity_documents_of(person.pk)]
    except DataKeyDestroyed:
        return []
    typed = normalise_identity_number(answers[Field.IDENTITY_NUMBER])
    near = {
        f"identity_{step}"
        for type, _country, number in documents
        if type == answers[Field.IDENTITY_TYPE]
        and (step := compare_numbers(typed, number)) in {Alike.ONE_CHARACTER, Alike.TRANSPOSED}
    }
    if name not in SOUNDING and not (near and name in {Alike.ONE_CHARACTER, Alike.TRANSPOSED}):
        return []
    if not (same_birth or near):
        return []
    why = [f"name_{name}"] if name in SOUNDING else []
    return why + (["birth_on"] if same_birth else []) + sorted(near) + _renewed(answers, documents)


def _renewed(answers: dict, documents: list[tuple]) -> list[str]:
    """A passport of the same country, or a permit of the same kind, under another number."""
    kind, country = answers[Field.IDENTITY_TYPE], answers.get(Field.IDENTITY_COUNTRY, "")
    renewable = kind not in {IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT}
    return ["same_country"] if renewable and any(doc[:2] == (kind, country) for doc in documents) else []


@dataclass(frozen=True)
class PersonQuestion:
    """ "Maybe the same person as …": the row, in words, with what the officer compares."""

    row: PossiblePerson
    reasons: list[str]
    documents: list
    memberships: list

    @property
    def is_open(self) -> bool:
        return self.row.is_same is None


def person_questions(application: Application) -> list[PersonQuestion]:
    """Every question of the case, the open ones first."""
    rows = application.possible_persons.select_related("person__data_key", "answered_by").order_by("found_at", "id")
    return sorted((_question(row) for row in rows), key=lambda question: not question.is_open)


def _question(row: PossiblePerson) -> PersonQuestion:
    return PersonQuestion(
        row,
        [str(WHY[code]) for code in row.why if code in WHY],
        list(identity_documents_of(row.person_id)),
        list(memberships_of_person(row.person_id)),
    )


def settled_persons(application: Application) -> dict:
    answers = list(application.possible_persons.values_list("is_same", flat=True))
    unsettled = answers.count(None)
    return {"persons_unsettled": unsettled, "persons_settled": len(answers) - unsettled}


def certificate_used_by(application: Application) -> str:
    """The reference of another person's case, under way or confirmed, with the same certificate number."""
    if not application.certificate_index:
        return ""
    others = Application.objects.filter(certificate_index=application.certificate_index).exclude(state__in=UNUSED)
    others = others.exclude(person_id=application.person_id).order_by("submitted_at")
    return others.values_list("reference", flat=True).first() or ""
