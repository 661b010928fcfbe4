"""The pages behind the sign-in, as a browser sees them, on a phone and at a desk."""

import pytest
from django.contrib.auth import get_user_model

from apps.accounts.enums import Role
from apps.applicants.enums import State
from tests.factories.accounts import make_officer
from tests.factories.applicants import make_application
from tests.factories.candidates import candidate, make_draft
from tests.support.accessibility import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1024])
def test_office_and_import_pages_are_accessible(visit, sign_in, width):
    reader = visit(width=width)
    sign_in(reader, make_officer(role=Role.REGISTRAR, association_code="000000"))
    assert faults_of(reader, ["/office/", "/office/imports/roll/", "/office/imports/members/"]) == []


@pytest.mark.parametrize("width", [320, 1024])
def test_pages_of_the_application_are_accessible(visit, sign_in, width):
    actor = candidate()
    make_draft(actor=actor)
    reader = visit(width=width)
    sign_in(reader, get_user_model().objects.get(pk=actor.user_id))
    names = ["tasks", "identity", "certificate", "association", "contact", "photo", "declarations", "check"]
    assert faults_of(reader, ["/account/", "/account/security/", *(f"/apply/{name}/" for name in names)]) == []


@pytest.mark.parametrize("width", [320, 1024])
def test_progress_is_accessible_in_every_state(visit, sign_in, width):
    states = [State.SUBMITTED, State.CORRECTION_REQUESTED, State.SENT, State.CONFIRMED, State.REFUSED]
    for case in [make_application(state=state) for state in states]:
        reader = visit(width=width)
        sign_in(reader, case.user)
        assert faults_of(reader, ["/account/", f"/progress/{case.reference}/"]) == []
