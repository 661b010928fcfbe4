from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from apps.audit.models import Record
from apps.audit.selectors import records_of
from apps.core.actor import Actor
from apps.core.clock import now
from apps.core.encryption import create_data_key
from apps.documents.services import read_file
from apps.people import services
from apps.people.enums import IdentityType, Sex
from apps.people.models import IdentityDocument, Person, UserLink
from apps.people.selectors import (
    IdentityNumberRefused,
    NameRefused,
    identity_documents_of,
    person_by_identity,
    person_id_of_user,
    persons_by_name,
)
from tests.factories.accounts import make_user
from tests.factories.documents import make_file
from tests.factories.people import make_person, resident_id

SYSTEM = Actor.system("test")
pytestmark = pytest.mark.django_db


def test_registered_person_is_found_by_any_form_of_the_number_and_by_name():
    person = make_person("欧阳·𠮷", identity_number="11010519491231002x")
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.sex, person.birth_on) == ("欧阳·𠮷", Sex.FEMALE, date(1949, 12, 31))
    assert person_by_identity(IdentityType.RESIDENT_ID, "110105491231002") == person
    assert person_by_identity(IdentityType.RESIDENT_ID, "１１０１０５１９４９１２３１００２Ｘ") == person
    assert list(persons_by_name("欧阳.𠮷")) == [person]


def test_nothing_personal_stands_in_the_tables_in_plain():
    make_person("欧阳小明", identity_number="11010519491231002X")
    with connection.cursor() as cursor:
        for table in ("people_person", "people_identitydocument", "audit_record"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = cursor.fetchone()[0]
            for secret in ("欧阳小明", "11010519491231002X", "1949-12-31"):
                assert secret not in text
                assert secret.encode().hex() not in text


def test_known_identity_returns_the_person_already_there():
    number = resident_id()
    first = make_person(identity_number=number)
    assert make_person("王晓明", identity_number=number) == first
    assert Person.objects.count() == 1


def test_passport_is_one_identity_per_country_and_needs_one():
    usa = make_person(identity_type="passport", identity_number="E12345678", country="USA")
    gbr = make_person(identity_type="passport", identity_number="E12345678", country="GBR")
    assert usa != gbr
    assert person_by_identity("passport", "e1234 5678", "GBR") == gbr
    with pytest.raises(IdentityNumberRefused, match="签发国家"):
        make_person(identity_type="passport", identity_number="E12345678")


def test_bad_name_or_number_registers_nobody():
    with pytest.raises(NameRefused):
        make_person(" ")
    with pytest.raises(IdentityNumberRefused):
        make_person(identity_number="110105194912310023")
    assert not Person.objects.exists()


def test_former_number_leads_to_the_same_person_and_never_to_two():
    person, other = make_person(), make_person("李雷")
    add = {"actor": SYSTEM, "type": "resident_id", "number": "110105491231002", "is_former": True, "now": now()}
    document = services.add_identity_document(person_id=person.pk, **add)
    assert services.add_identity_document(person_id=person.pk, **add) == document
    assert person_by_identity("resident_id", "11010519491231002X") == person
    assert [found.is_former for found in identity_documents_of(person.pk)] == [False, True]
    with pytest.raises(services.IdentityTaken):
        services.add_identity_document(person_id=other.pk, **add)


def test_merged_person_is_found_as_the_survivor():
    number = resident_id()
    gone, survivor = make_person(identity_number=number), make_person()
    user = make_user()
    services.link_user(user_id=user.pk, person_id=gone.pk, now=now())
    Person.objects.filter(pk=gone.pk).update(merged_into=survivor)
    assert person_by_identity("resident_id", number) == survivor
    assert person_id_of_user(user.pk) == survivor.pk


def test_several_users_may_be_one_person_but_a_user_is_only_one():
    person, other = make_person(), make_person("李雷")
    one, two = make_user("one@example.cn"), make_user("two@example.cn")
    for user in (one, two, two):
        services.link_user(user_id=user.pk, person_id=person.pk, now=now())
    assert person_id_of_user(one.pk) == person_id_of_user(two.pk) == person.pk
    assert person_id_of_user(0) is None
    with pytest.raises(services.UserBelongsToAnother):
        services.link_user(user_id=one.pk, person_id=other.pk, now=now())
    assert UserLink.objects.count() == 2


def test_photo_is_set_once_under_the_persons_own_key_and_recorded():
    person, file = make_person(), make_file(b"face", data_key=create_data_key())
    for _ in range(2):
        services.set_photo(actor=SYSTEM, person_id=person.pk, stored_file=file, now=now())
    person.refresh_from_db()
    assert person.photo.data_key == person.data_key
    assert read_file(person.photo) == b"face"
    assert [r.action for r in records_of("people.person", person.pk)] == ["person.registered", "person.photo_set"]


def test_photo_that_is_the_persons_already_is_not_copied():
    person = make_person()
    file = make_file(b"face", data_key=person.data_key)
    assert services.set_photo(actor=SYSTEM, person_id=person.pk, stored_file=file.pk, now=now()).photo == file


def test_confirmed_details_replace_what_was_first_typed():
    person = make_person("王晓明")
    confirm = {"person_id": person.pk, "name": "王小明", "sex": "female", "birth_on": date(1990, 1, 2), "now": now()}
    for _ in range(2):
        services.confirm_details(actor=SYSTEM, case="ZJ-1", **confirm)
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.sex, person.birth_on) == ("王小明", "female", date(1990, 1, 2))
    assert list(persons_by_name("王小明")) == [person]
    assert not persons_by_name("王晓明")
    record = Record.objects.get(action="person.details_confirmed")
    assert (record.case, "name" in record.after["changed"]) == ("ZJ-1", True)


def test_reading_is_recorded_with_ids_purpose_and_case():
    people = [make_person(), make_person("李雷")]
    services.record_reading(actor=SYSTEM, person_ids=[p.pk for p in people], purpose="审查申请", case="ZJ-1", now=now())
    services.record_reading(actor=SYSTEM, person_ids=[], purpose="nothing", now=now())
    record = Record.objects.get(action="person.read")
    assert (record.read_ids, record.purpose, record.case) == ([str(p.pk) for p in people], "审查申请", "ZJ-1")


@pytest.mark.parametrize(
    "act",
    [
        lambda person, user, file: make_person("韩梅"),
        lambda person, user, file: services.add_identity_document(
            actor=SYSTEM, person_id=person.pk, type="taiwan_permit", number="12345678", now=now()
        ),
        lambda person, user, file: services.set_photo(actor=SYSTEM, person_id=person.pk, stored_file=file, now=now()),
        lambda person, user, file: services.confirm_details(
            actor=SYSTEM, person_id=person.pk, name="王大明", sex="male", birth_on=None, now=now()
        ),
        lambda person, user, file: services.link_user(user_id=user.pk, person_id=person.pk, now=now()),
    ],
    ids=["register_person", "add_identity_document", "set_photo", "confirm_details", "link_user"],
)
def test_every_service_leaves_its_record_and_fails_with_it(act, monkeypatch):
    person, user, file = make_person(), make_user(), make_file()
    before = counts()

    def broken(*args, **kwargs):
        raise RuntimeError("no record")

    with monkeypatch.context() as patch:
        patch.setattr("apps.people.services.persons.record", broken)
        with pytest.raises(RuntimeError):
            act(person, user, file)
    person.refresh_from_db()
    assert counts() == before
    assert person.photo is None
    act(person, user, file)
    assert Record.objects.count() == before[-1] + 1


def counts():
    return [model.objects.count() for model in (Person, IdentityDocument, UserLink, Record)]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Person, {"sex": "other"}),
        (IdentityDocument, {"type": "library_card"}),
        (IdentityDocument, {"type": "passport", "country": ""}),
    ],
)
def test_database_refuses_what_can_never_be(model, change):
    make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_database_refuses_one_document_for_two_persons():
    one, two = make_person(), make_person("李雷")
    index = one.identity_documents.get().number_index
    with pytest.raises(IntegrityError), transaction.atomic():
        two.identity_documents.update(number_index=index)


@pytest.mark.django_db(transaction=True)
def test_two_registrations_at_once_make_one_person():
    number = resident_id()

    def register(_):
        try:
            return make_person(identity_number=number).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(register, range(8)))) == 1
    assert Person.objects.count() == 1
