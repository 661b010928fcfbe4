"""State × action: every act of the office from every state, as the table says and in no other way."""

import pytest

from apps.applicants.enums import Action, State
from apps.applicants.models import Application
from apps.applicants.services.batches import send_batch
from apps.applicants.services.expiry import expire_correction
from apps.applicants.services.national import confirm_application, return_application
from apps.applicants.services.review import agree_application, refuse_application, request_correction
from apps.applicants.workflow import APPLICATION
from apps.core.errors import PortalError
from tests.factories.applicants import (
    DOCUMENT_NUMBER,
    NOW,
    SYSTEM,
    arguments,
    first_reason,
    make_application,
    rechecker,
    reviewer,
)

pytestmark = pytest.mark.django_db

OFFICE_ACTIONS = [Action.AGREE, Action.REFUSE, Action.REQUEST_CORRECTION, Action.CONFIRM, Action.RETURN]
STATES = [state for state in State if state != State.DRAFT]


def act(action, application):
    local, national = reviewer(), rechecker()
    if action == Action.AGREE:
        return agree_application(**arguments(application, local))
    if action == Action.REFUSE:
        return refuse_application(**arguments(application, local), reason_code=first_reason("refusal"))
    if action == Action.REQUEST_CORRECTION:
        return request_correction(**arguments(application, local), items=[("name", "请与证件一致")])
    if action == Action.CONFIRM:
        return confirm_application(**arguments(application, national), document_number=DOCUMENT_NUMBER)
    return return_application(**arguments(application, national), reason_code=first_reason("return"))


@pytest.mark.parametrize("state", STATES)
def test_office_acts_only_along_the_table(state, django_assert_num_queries):
    for action in OFFICE_ACTIONS:
        application = make_application(state=state)
        before = Application.objects.filter(pk=application.pk).values().get()
        if APPLICATION.allows(state, action):
            act(action, application)
            application.refresh_from_db()
            assert application.state == APPLICATION.target(state, action)
            assert application.version == before["version"] + 1
            last = application.steps.order_by("at", "id").last()
            assert (last.action, last.from_state, last.to_state) == (action, state, application.state)
        else:
            with pytest.raises(PortalError):
                act(action, application)
            assert Application.objects.filter(pk=application.pk).values().get() == before


@pytest.mark.parametrize("state", [state for state in STATES if state != State.CORRECTION_REQUESTED])
def test_nothing_expires_unless_it_waits_for_a_correction(state):
    application = make_application(state=state)
    with pytest.raises(PortalError):
        expire_correction(actor=SYSTEM, application_id=application.pk, now=NOW.replace(year=2027))
    application.refresh_from_db()
    assert application.state == state


def test_a_sent_batch_is_not_sent_again():
    application = make_application(state=State.SENT)
    with pytest.raises(PortalError):
        send_batch(actor=SYSTEM, batch_id=application.batch_id, now=NOW)


def test_an_older_version_of_the_form_decides_nothing():
    application = make_application()
    stale = arguments(application, reviewer()) | {"version": application.version - 1}
    with pytest.raises(PortalError, match="没有生效"):
        agree_application(**stale)
