"""Issuing: exactly one certificate and one event, wherever the worker dies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.audit.models import Record
from apps.certificates.enums import CertificateState
from apps.certificates.handlers import make_certificate
from apps.certificates.models import Certificate, NameTask, Sealing
from apps.certificates.services import MissingGlyphs, check_pdf, issue_certificate, issuing, requesting
from apps.certificates.services.seal_keys import SealKey
from apps.documents.services import read_file
from apps.members.services import end_membership
from apps.outbox import services as outbox
from apps.outbox.models import Delivery, Event
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.factories import certificates as factory
from tests.factories.members import make_member
from tests.factories.people import make_person

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
ISSUED_EVENTS = {"name": "certificate.issued"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    """These tests deliver by hand; otherwise the admission would make the certificate on commit."""
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)


def assert_exactly_one(membership):
    certificate = Certificate.objects.get(membership=membership)
    assert certificate.state == CertificateState.ISSUED
    assert Event.objects.filter(**ISSUED_EVENTS).count() == 1
    assert Record.objects.filter(action="certificate.issued").count() == 1
    return certificate


def test_admission_leads_to_a_sealed_certificate():
    membership = factory.make_certifiable_member()
    make_certificate({"membership_id": str(membership.pk)}, now=NOW)
    certificate = assert_exactly_one(membership)
    check = check_pdf(read_file(certificate.file), now=NOW)
    assert check.is_intact
    assert check.is_trusted
    assert check.sha256 == certificate.sha256
    assert certificate.statement["name"] == "王芳"
    assert certificate.statement["issued_on"] == "2026-11-25"
    assert Event.objects.get(**ISSUED_EVENTS).payload == {
        "certificate_id": str(certificate.pk),
        "membership_id": str(membership.pk),
        "person_id": str(membership.person_id),
        "case": membership.case,
    }


def test_home_members_of_the_national_body_carry_its_seal_alone():
    certificate = factory.make_certificate(association_code="000000")
    check = check_pdf(read_file(certificate.file), now=NOW)
    assert [seal.signer for seal in check.seals] == ["中国注册会计师协会"]
    assert check.is_intact


@pytest.mark.usefixtures("drawn_quickly")
def test_second_call_changes_nothing():
    membership = factory.make_certifiable_member()
    first = issue_certificate(membership.pk, now=NOW)
    assert issue_certificate(membership.pk, now=NOW + timedelta(days=1)).pk == first.pk
    assert_exactly_one(membership)


SEAMS = ["make_sealed_pdf", "store_files", "_put_into_force", "record_each", "enqueue"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seam", SEAMS)
def test_worker_killed_anywhere_leaves_one_certificate_after_a_repeat(seam, monkeypatch):
    membership = factory.make_certifiable_member()

    def die(*args, **kwargs):
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(issuing, seam, die)
        with pytest.raises(SystemExit):
            issue_certificate(membership.pk, now=NOW)
    assert not Event.objects.filter(**ISSUED_EVENTS).exists()
    issue_certificate(membership.pk, now=NOW)
    assert_exactly_one(membership)


@pytest.mark.django_db(transaction=True)
def test_disk_that_is_full_leaves_nothing_half_issued(monkeypatch):
    membership = factory.make_certifiable_member()

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("apps.documents.services.files.default_storage.save", full)
        with pytest.raises(OSError, match="No space"):
            issue_certificate(membership.pk, now=NOW)
    assert Certificate.objects.get().state == CertificateState.REQUESTED
    assert not Event.objects.filter(**ISSUED_EVENTS).exists()
    issue_certificate(membership.pk, now=NOW)
    assert_exactly_one(membership)


def test_worker_killed_after_the_last_line_repeats_without_effect(monkeypatch):
    membership = factory.make_certifiable_member()
    certificate = issuing.request_certificate(membership.pk, now=NOW)
    sealed = issuing.make_sealed_pdf(certificate, now=NOW)
    issuing.complete_certificate(certificate.pk, sealed, now=NOW)
    issuing.complete_certificate(certificate.pk, replace(sealed, content=sealed.content + b"other"), now=NOW)
    assert_exactly_one(membership)


@pytest.mark.django_db(transaction=True)
def test_drawing_and_signing_hold_no_transaction(monkeypatch):
    membership = factory.make_certifiable_member()
    in_transaction = []
    make = issuing.make_sealed_pdf

    def watched(*args, **kwargs):
        in_transaction.append(connection.in_atomic_block)
        return make(*args, **kwargs)

    monkeypatch.setattr(issuing, "make_sealed_pdf", watched)
    issue_certificate(membership.pk, now=NOW)
    assert in_transaction == [False]


@pytest.mark.usefixtures("drawn_quickly")
def test_changed_photo_supersedes_the_certificate():
    membership = factory.make_certifiable_member()
    old = issue_certificate(membership.pk, now=NOW)
    factory.make_photo(membership.person, factory.portrait(suit="#702020"))
    new = issue_certificate(membership.pk, now=NOW + timedelta(days=3))
    old.refresh_from_db()
    assert (old.state, old.superseded_by_id) == (CertificateState.SUPERSEDED, new.pk)
    assert (new.state, new.version) == (CertificateState.ISSUED, 2)
    assert new.code != old.code


@pytest.mark.usefixtures("drawn_quickly")
def test_change_while_the_first_is_being_made_freezes_a_new_statement():
    membership = factory.make_certifiable_member()
    stale = issuing.request_certificate(membership.pk, now=NOW)
    factory.make_photo(membership.person, factory.portrait(suit="#702020"))
    issued = issue_certificate(membership.pk, now=NOW)
    stale.refresh_from_db()
    assert stale.state == CertificateState.SUPERSEDED
    assert stale.issued_at is None
    assert issued.state == CertificateState.ISSUED
    assert (
        issuing.complete_certificate(stale.pk, factory.unsealed(b"late", now=NOW), now=NOW).state
        == CertificateState.SUPERSEDED
    )


@pytest.mark.usefixtures("drawn_quickly")
def test_member_without_photo_gets_none_until_there_is_one():
    factory.seal_keys()
    person = make_person("王芳", sex="female")
    membership = make_member(person)
    assert issue_certificate(membership.pk, now=NOW) is None
    factory.make_photo(person)
    assert issue_certificate(membership.pk, now=NOW).state == CertificateState.ISSUED


def test_ended_member_gets_none():
    membership = factory.make_certifiable_member()
    end_membership(actor=issuing.ISSUER, membership_id=membership.pk, reason="withdrawn", on=NOW.date(), now=NOW)
    assert issue_certificate(membership.pk, now=NOW) is None


def test_name_without_glyph_waits_for_the_office_and_prints_nothing():
    membership = factory.make_certifiable_member(name="王\U0003fffd")
    with pytest.raises(MissingGlyphs, match="U\\+3FFFD"):
        issue_certificate(membership.pk, now=NOW)
    outbox.deliver_due(clock=lambda: NOW + timedelta(days=3650))
    assert not Delivery.objects.filter(handler__contains="certificates").exclude(state=Delivery.State.DONE).exists()
    assert NameTask.objects.get(resolved_at=None).membership_id == membership.pk
    assert not Certificate.objects.filter(state=CertificateState.ISSUED).exists()


def test_issuing_fails_with_its_audit_record(monkeypatch):
    membership = factory.make_certifiable_member()

    def refuse(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr(requesting, "record_each", refuse)
    with pytest.raises(RuntimeError):
        issue_certificate(membership.pk, now=NOW)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"code": "I" * 26},
        {"state": CertificateState.ISSUED},
        {"sha256": "short", "state": CertificateState.SUPERSEDED},
    ],
)
def test_database_refuses_what_can_never_be(columns):
    membership = factory.make_certifiable_member()
    certificate = issuing.request_certificate(membership.pk, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**columns)


@pytest.mark.usefixtures("drawn_quickly")
def test_state_moves_only_along_the_table():
    certificate = factory.make_certificate()
    with pytest.raises(InternalError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(state=CertificateState.REQUESTED)


def test_database_allows_one_certificate_in_the_making():
    membership = factory.make_certifiable_member()
    certificate = issuing.request_certificate(membership.pk, now=NOW)
    certificate.pk, certificate.code, certificate.version = None, "0" * 26, 2
    certificate._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


@pytest.mark.parametrize("order", ["home_first", "national_first"])
def test_rule_says_which_seal_is_set_first_and_certifies(order):
    Rule.objects.filter(key="seal.order").update(value=order)
    forget_rules()
    content = read_file(factory.make_certificate(now=NOW).file)
    forget_rules()
    bodies = [factory.ZHEJIANG.name, factory.NATIONAL.name]
    assert [seal.signer for seal in check_pdf(content, now=NOW).seals] == bodies[:: 1 if order == "home_first" else -1]
    first, second = PdfFileReader(BytesIO(content)).embedded_signatures
    assert (first.docmdp_level is not None, second.docmdp_level) == (True, None)
    boxes = [[float(edge) for edge in seal.sig_field["/Rect"]] for seal in (first, second)]
    assert (boxes[0] < boxes[1]) == (order == "home_first")  # drawn seals stay where they are


@pytest.mark.django_db(transaction=True)
def test_worker_killed_between_the_two_seals_leaves_one_certificate_after_a_repeat(monkeypatch):
    membership, sign, signed = factory.make_certifiable_member(), SealKey.sign, []

    def sign_once(self, data):
        if signed:
            raise SystemExit("killed")
        signed.append(data)
        return sign(self, data)

    with monkeypatch.context() as patched:
        patched.setattr(SealKey, "sign", sign_once)
        with pytest.raises(SystemExit):
            issue_certificate(membership.pk, now=NOW)
    assert not Sealing.objects.exists()
    issue_certificate(membership.pk, now=NOW)
    certificate = assert_exactly_one(membership)
    assert Sealing.objects.get().sha256 == certificate.sha256
