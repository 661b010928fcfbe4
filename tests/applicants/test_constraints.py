"""What can never be false, from both sides: the database refuses it whoever writes, and lets pass what is right."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from apps.applicants.enums import State
from apps.applicants.models import Application, Batch, BatchItem, CorrectionItem, CorrectionRequest, RollEntry, Step
from apps.core.encryption import create_data_key
from tests.factories.accounts import make_user
from tests.factories.applicants import NOW, make_application, make_passer, open_batch
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def refused_by(name, write):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def update(row, **columns):
    return type(row).objects.filter(pk=row.pk).update(**columns)


NOBODY = {"local_decided_at": None, "local_decided_by": None, "local_decided_by_person": None}

COLUMNS = [
    # constraint, state, what is refused, what passes
    ("submitted_application_is_whole", State.SUBMITTED, {"reference": None}, {"reference": "ZJ-2026-AAAA-AA"}),
    ("submitted_application_is_whole", State.SUBMITTED, {"person": None}, {"association": "310000"}),
    ("submitted_application_is_whole", State.WITHDRAWN, {"association": None}, {"association": "310000"}),
    ("local_decision_has_its_author", State.REFUSED, {"local_decided_by": None}, {}),
    ("local_decision_has_its_author", State.SUBMITTED, {"local_decided_at": NOW}, NOBODY),
    ("national_decision_has_its_author", State.CONFIRMED, {"national_decided_by_person": None}, {}),
    ("national_decision_has_its_author", State.SENT, {"national_decided_at": NOW}, {"national_decided_at": None}),
    ("agreed_application_has_first_decision", State.AGREED, NOBODY, {}),
    ("agreed_application_has_first_decision", State.REFUSED, NOBODY, {}),
    ("agreed_application_waits_outside_batches", State.AGREED, {"take_back_until": None}, {"take_back_until": NOW}),
    ("agreed_application_waits_outside_batches", State.SUBMITTED, {"take_back_until": NOW}, {}),
    ("sent_application_stands_in_a_batch", State.SENT, {"batch": None}, {}),
    ("claim_has_officer_and_time", State.SUBMITTED, {"officer_since": NOW}, {}),
    ("confirmed_application_has_membership", State.CONFIRMED, {"membership": None}, {}),
    (
        "confirmed_application_has_membership",
        State.CONFIRMED,
        {"document_number": ""},
        {"document_number": "会协〔2026〕1号"},
    ),
    ("refusal_and_return_have_a_reason", State.REFUSED, {"reason_code": ""}, {"reason_code": "other"}),
    ("refusal_and_return_have_a_reason", State.RETURNED, {"reason_code": ""}, {"reason_code": "other"}),
    ("waiting_application_has_a_deadline", State.SUBMITTED, {"decide_by": None}, {"decide_by": NOW.date()}),
    ("waiting_application_has_a_deadline", State.SENT, {"decide_by": None}, {"decide_by": NOW.date()}),
]


@pytest.mark.parametrize(("name", "state", "refused", "passes"), COLUMNS)
def test_columns_of_an_application(name, state, refused, passes):
    application = make_application(state=state)
    refused_by(name, lambda: update(application, **refused))
    if passes:
        assert update(application, **passes) == 1


def test_only_a_confirmed_application_has_a_membership():
    application = make_application(state=State.SENT)
    refused_by("confirmed_application_has_membership", lambda: update(application, membership=make_member()))


def test_the_first_officer_is_not_the_applicant():
    application = make_application(state=State.AGREED)
    name = "first_officer_is_not_the_applicant"
    refused_by(name, lambda: update(application, local_decided_by_person=application.person))
    assert update(application, local_decided_by_person=make_person("第三人")) == 1


def test_the_second_officer_is_neither_the_first_nor_the_applicant():
    application = make_application(state=State.CONFIRMED)
    name = "second_officer_is_neither_first_nor_applicant"
    for person in (application.person, application.local_decided_by_person):
        refused_by(name, lambda person=person: update(application, national_decided_by_person=person))
    assert update(application, national_decided_by_person=make_person("第三人")) == 1


def test_a_person_has_one_open_application():
    first, second = make_application(), make_application()
    refused_by("one_open_application_per_person", lambda: update(second, person=first.person))
    withdrawn = make_application(state=State.WITHDRAWN)
    assert update(withdrawn, person=first.person) == 1


def test_an_account_has_one_draft():
    user, key = make_user(), create_data_key()
    draft = {"user": user, "data_key": key, "answers": {}, "created_at": NOW, "changed_at": NOW}
    Application.objects.create(**draft)
    refused_by("one_draft_per_account", lambda: Application.objects.create(**draft))


def test_a_draft_has_not_been_submitted():
    draft = Application.objects.create(
        user=make_user(), data_key=create_data_key(), answers={}, created_at=NOW, changed_at=NOW
    )
    refused_by("submitted_application_is_whole", lambda: update(draft, submitted_at=NOW))


def test_an_association_has_one_open_batch():
    first = open_batch(make_application(state=State.AGREED))
    again = {"association": first.association, "number": "ZJ-2026-0099", "opened_at": NOW}
    refused_by("one_open_batch_per_association", lambda: Batch.objects.create(**again))
    assert open_batch(make_application(association="310000", state=State.AGREED)) != first


def test_a_sent_batch_has_its_day():
    batch = make_application(state=State.SENT).batch
    refused_by("sent_batch_has_its_day", lambda: update(batch, decide_by=None))
    refused_by("sent_batch_has_its_day", lambda: update(batch, sent_at=None))
    opened = open_batch(make_application(state=State.AGREED))
    refused_by("sent_batch_has_its_day", lambda: update(opened, sent_at=NOW))


def test_lines_of_a_batch():
    application = make_application(state=State.SENT)
    item = BatchItem.objects.get(application=application)
    other = make_application(state=State.AGREED)
    again = {"batch": item.batch, "application": application, "line": 2}
    refused_by("case_once_in_a_batch", lambda: BatchItem.objects.create(**again))
    refused_by("one_case_per_line", lambda: BatchItem.objects.create(batch=item.batch, application=other, line=1))
    refused_by("returned_item_has_a_reason", lambda: update(item, returned_at=NOW))
    refused_by("returned_item_has_a_reason", lambda: update(item, reason_code="r"))
    assert update(item, returned_at=NOW, reason_code="r") == 1


def test_corrections_are_asked_once_and_answered_after():
    application = make_application(state=State.CORRECTION_REQUESTED)
    request = application.corrections.get()
    again = {"application": application, "requested_at": NOW, "requested_by_label": "x", "answer_by": NOW.date()}
    refused_by("one_open_correction_per_application", lambda: CorrectionRequest.objects.create(**again))
    earlier = NOW - timedelta(seconds=1)
    refused_by("correction_is_answered_after_it_is_asked", lambda: update(request, answered_at=earlier))
    assert update(request, answered_at=NOW) == 1
    CorrectionRequest.objects.create(**again)


def test_a_correction_names_each_field_once():
    request = make_application(state=State.CORRECTION_REQUESTED).corrections.get()
    again = {"request": request, "field": "photo", "note": "x", "data_key": create_data_key()}
    refused_by("one_item_per_field", lambda: CorrectionItem.objects.create(**again))
    CorrectionItem.objects.create(**again | {"field": "name"})


def test_a_certificate_stands_once_on_the_roll():
    first, second = make_passer(), make_passer()
    row = RollEntry.objects.get(certificate_number=second.certificate_number)
    refused_by("certificate_number", lambda: update(row, certificate_number=first.certificate_number))


def test_states_start_and_move_only_along_the_table():
    application = make_application()
    for target in (State.SENT, State.CONFIRMED, State.DRAFT, State.EXPIRED):
        with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
            update(application, state=target)
    assert update(application, state=State.WITHDRAWN) == 1
    columns = {"user": application.user, "data_key": application.data_key, "answers": {}}
    with pytest.raises(InternalError, match="must start as draft"), transaction.atomic():
        Application.objects.create(state=State.SUBMITTED, created_at=NOW, changed_at=NOW, **columns)


def test_a_batch_is_never_opened_again():
    batch = make_application(state=State.SENT).batch
    with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
        update(batch, state="open")


def test_steps_are_never_rewritten():
    application = make_application()
    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        Step.objects.filter(application=application).update(actor_label="somebody else")


def test_history_of_a_case_cannot_be_thinned_out():
    application = make_application()
    for statement in (Step.objects.filter(application=application).delete, application.delete):
        with pytest.raises(InternalError, match="append-only"), transaction.atomic():
            statement()
    assert application.steps.exists()
