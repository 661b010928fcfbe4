"""What rules no longer let us keep goes in the night, in pieces, and is counted; everything else stays."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.audit.models import Record
from apps.certificates.models import NameTask
from apps.certificates.services.names import note_missing_glyphs
from apps.complaints.models import Tip
from apps.complaints.services import answer_tip, note_on_tip
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.core.errors import NotPermitted
from apps.dashboard.services import RETAINED, due_by_rule, erase_all_by_rule
from apps.dashboard.services.erasing import VERIFICATION
from apps.letters.enums import State
from apps.letters.models import Letter
from apps.movements.models import PhotoOffer
from apps.movements.services import offer_photo, withdraw_photo_offer
from apps.outbox import services as outbox
from apps.people.services import link_user
from apps.rules.services import erase_by_rule
from apps.verification.models import ShareLink, ShareOpening
from apps.verification.services import open_link
from tests.factories.accounts import make_actor, make_user
from tests.factories.certificates import make_certifiable_member, make_certificate, portrait
from tests.factories.complaints import answerer, make_tip
from tests.factories.documents import picture_bytes
from tests.factories.letters import make_letter
from tests.factories.routes import set_rule
from tests.factories.uploads import upload
from tests.factories.verification import make_link
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db
NOW = present()
SYSTEM = Actor.system("test")

KEPT_WITH_THE_REGISTER = {
    "certificates.certificate",
    "certificates.chunk",
    "certificates.earlierupgrade",
    "certificates.registeredsealkey",
    "certificates.run",
    "certificates.sealing",
    "certificates.sharedstamp",
    "certificates.stampleaf",
    "certificates.stampring",
    "certificates.statusentry",
    "certificates.tokenkey",
    "complaints.tipnote",
    "letters.reissue",
    "letters.step",
    "letters.transferconsent",
}
"""Evidence that somebody may still hold in hand, proof of consent, what tells of nobody; or what goes with its tip."""


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)


def days_ago(days):
    return NOW - timedelta(days=days)


def night(now=NOW):
    return {what: number for what, number in erase_all_by_rule(actor=SYSTEM, now=now).items() if number}


@pytest.fixture
def member():
    membership = make_certifiable_member()
    user = make_user("holder@example.org")
    link_user(user_id=user.pk, person_id=membership.person_id, now=NOW)
    membership.user = user
    return membership


def test_every_table_of_these_rooms_has_a_rule_or_a_reason():
    rooms = {retention.what.split(".")[0] for retention in RETAINED}
    tables = {model._meta.label_lower for room in rooms for model in apps.get_app_config(room).get_models()}
    settled = {retention.what.split(":")[0] for retention in RETAINED} | KEPT_WITH_THE_REGISTER
    assert tables == settled, "a new table: list it in its app's services/erasing.py, or above with what is kept"


def test_openings_and_ended_links_go_after_their_days_and_live_ones_stay(member):
    old, young = (make_link(member.pk, member.user, days=90, now=days_ago(ago)) for ago in (400, 80))
    for link, ago in ((old, 390), (young, 70)):
        open_link(secret=link.secret, visit="v", now=days_ago(ago))
    ShareOpening.objects.create(
        link=young, visit_index="0", device="phone", opened_at=days_ago(181)
    )  # as of a link of longer life
    assert night() == {"verification.shareopening": 2, "verification.sharelink": 1}
    assert ShareLink.objects.get() == young and ShareOpening.objects.get().opened_at == days_ago(70)
    assert night() == {}


def test_the_holders_list_says_how_long_openings_are_kept(client, member):
    set_rule("share_link.keep_days", 60)
    client.force_login(member.user)
    assert "60 天后删除" in client.get(reverse("verification:links")).content.decode()


def test_contact_goes_soon_after_the_answer_and_the_tip_itself_years_later(desk, django_capture_on_commit_callbacks):  # noqa: F811
    waiting = make_tip(contact="waits@example.org", now=days_ago(2000))
    tip = make_tip(contact="teller@example.org", picture=upload(picture_bytes()), now=days_ago(2000))
    note_on_tip(actor=answerer(), reference=tip.reference, text="已与浙江核对。", now=days_ago(1999))
    path = tip.picture.quarantined.path
    answer_tip(actor=answerer(), reference=tip.reference, answer="经核对是伪造的。", now=days_ago(1000))
    assert night() == {"complaints.tip:contact": 1}
    tip = Tip.objects.select_related("data_key").get(pk=tip.pk)
    assert (tip.contact, tip.answer) == (None, "经核对是伪造的。")
    with django_capture_on_commit_callbacks(execute=True):
        assert night(NOW + timedelta(days=100)) == {"complaints.tip": 1}
    assert not default_storage.exists(path)
    tip = Tip.objects.select_related("data_key").get(pk=tip.pk)
    assert tip.data_key.destroyed_at and tip.picture is None
    assert Tip.objects.select_related("data_key").get(pk=waiting.pk).contact == "waits@example.org"
    office = desk(answerer())
    assert tip.reference not in office.get(reverse("complaints:office") + "?pile=answered").content.decode()
    assert office.get(reverse("complaints:office_tip", args=[tip.reference])).status_code == 404


def test_photo_that_nobody_took_over_goes_and_its_offer_stays(member, django_capture_on_commit_callbacks):
    actor = make_actor(user_id=member.user.pk, person_id=member.person_id, second_factor=False)
    offer = offer_photo(actor=actor, picture=portrait("#225533"), now=days_ago(200))
    path = offer.picture.path
    withdraw_photo_offer(actor=actor, offer_id=offer.pk, now=days_ago(190))
    waiting = offer_photo(actor=actor, picture=portrait("#225544"), now=days_ago(189))
    with django_capture_on_commit_callbacks(execute=True):
        assert night() == {"movements.photooffer:picture": 1}
    assert not default_storage.exists(path)
    assert PhotoOffer.objects.get(pk=offer.pk).picture is None
    assert default_storage.exists(PhotoOffer.objects.get(pk=waiting.pk).picture.path)
    with pytest.raises(IntegrityError, match="photo_offer_keeps_its_picture"), transaction.atomic():
        PhotoOffer.objects.filter(pk=waiting.pk).update(picture=None)


def test_withdrawn_request_keeps_its_history_and_no_answers(client):
    withdrawn, refused = (make_letter(state, now=days_ago(400)) for state in (State.WITHDRAWN, State.REFUSED))
    assert night() == {"letters.letter:answers": 1}
    gone = Letter.objects.select_related("data_key").get(pk=withdrawn.pk)
    assert gone.answers == {} and gone.steps.count() == withdrawn.steps.count() > 0
    assert Letter.objects.select_related("data_key").get(pk=refused.pk).answers == refused.answers != {}
    client.force_login(withdrawn.user)
    assert client.get(reverse("letters:letter", args=[withdrawn.reference])).status_code == 200
    assert night() == {}


def test_tasks_that_are_settled_go(member):
    task = note_missing_glyphs(make_certificate(member), ["\U00020bb7"], now=days_ago(800))
    assert night() == {}
    NameTask.objects.update(resolved_at=days_ago(366))
    assert night() == {"certificates.nametask": 1}
    assert not NameTask.objects.filter(pk=task.pk).exists()


def test_each_piece_is_recorded_as_a_number_under_its_rule(member):
    link = make_link(member.pk, member.user, days=7, now=days_ago(1))
    for number in range(5):
        ShareOpening.objects.create(link=link, visit_index=str(number), device="phone", opened_at=days_ago(200))
    assert erase_by_rule(VERIFICATION[0], actor=SYSTEM, now=NOW, piece=2) == 5
    records = Record.objects.filter(action="retention.erased")
    assert [record.after["rows"] for record in records.order_by("pk")] == [2, 2, 1]
    assert {record.subject_type for record in records} == {"rules.rule"}


def test_dry_run_says_what_would_go_and_erases_nothing(member):
    make_link(member.pk, member.user, now=days_ago(400))
    said = StringIO()
    call_command("erase_by_rule", "--dry-run", stdout=said)
    assert "verification.sharelink: 1 would go" in said.getvalue()
    assert due_by_rule(now=NOW)["verification.sharelink"] == 1
    call_command("erase_by_rule", stdout=said)
    assert "verification.sharelink: 1 erased" in said.getvalue() and not ShareLink.objects.exists()


def test_one_that_fails_stops_no_other_and_nobody_but_the_portal_erases(member, monkeypatch):
    make_link(member.pk, member.user, now=days_ago(400))
    monkeypatch.setattr("apps.letters.services.erasing.Letter.objects", None)
    assert night() == {"verification.sharelink": 1}
    with pytest.raises(NotPermitted):
        erase_all_by_rule(actor=answerer(), now=NOW)
