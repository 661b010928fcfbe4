"""Behind a staff account stands a person: whoever is known already keeps being one."""

import pytest
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.people.enums import IdentityType
from apps.people.models import Person
from apps.people.selectors import person_id_of_user
from tests.factories.accounts import make_officer, make_user, sign_in_officer

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "李娜", "identity_type": IdentityType.RESIDENT_ID, "identity_number": "11010519491231002x"}


@pytest.fixture
def administrator():
    return make_officer("admin@example.org", role=Role.ADMINISTRATOR, association_code=NATIONAL_CODE)


@pytest.fixture
def page(client, administrator):
    return sign_in_officer(client, administrator)


def address(user) -> str:
    return reverse("people:staff_person", args=[user.pk])


def test_officer_is_linked_to_the_person_of_the_document(page):
    officer = make_officer()
    answer = page.post(address(officer), ANSWERS, follow=True)
    person = Person.objects.get(pk=person_id_of_user(officer.pk))
    assert person.name == "李娜"
    words = answer.content.decode()
    assert "已登记本人身份" in words
    assert "110105" not in words


def test_two_accounts_with_one_document_are_one_person(page):
    officers = [make_officer(), make_officer("second@example.org", association_code="310000")]
    for officer in officers:
        page.post(address(officer), ANSWERS)
    assert len({person_id_of_user(officer.pk) for officer in officers}) == 1


def test_account_that_has_its_person_keeps_it(page):
    officer = make_officer()
    page.post(address(officer), ANSWERS)
    first = person_id_of_user(officer.pk)
    answer = page.post(address(officer), ANSWERS | {"identity_number": "440524188001010014"})
    assert "这个账号已属于另一人" in answer.content.decode()
    assert person_id_of_user(officer.pk) == first
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"identity_number": "110105194912310023"}, "error-summary"),
        ({"identity_type": IdentityType.PASSPORT, "identity_number": "E12345678"}, "请选择护照的签发国家或地区"),
        ({"name": " "}, "请填写姓名"),
    ],
)
def test_bad_input_is_explained_and_links_nobody(page, changes, sentence):
    officer = make_officer()
    assert sentence in page.post(address(officer), ANSWERS | changes).content.decode()
    assert person_id_of_user(officer.pk) is None


def test_nobody_says_who_they_are_themself(page, administrator):
    answer = page.post(address(administrator), ANSWERS)
    assert "您没有办理这一事项的权限" in answer.content.decode()
    assert person_id_of_user(administrator.pk) is None


def test_account_without_a_seat_has_no_such_page(page):
    assert page.get(address(make_user())).status_code == 404
