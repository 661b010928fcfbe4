"""A member's photo: offered, compared by another person of the home association, on the certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.enums import Role
from apps.audit.models import Record
from apps.core.errors import NotPermitted, TransitionRefused
from apps.mail.models import Message
from apps.members.enums import EndReason, MemberKind
from apps.members.services import end_membership
from apps.movements.enums import DeclineReason, PhotoState
from apps.movements.models import PhotoOffer
from apps.movements.policies import can_compare_photo
from apps.movements.selectors import offers_at_office, photo_page
from apps.movements.services import (
    MemberNotFound,
    NoAttemptsLeft,
    NoMember,
    PhotoWaits,
    accept_photo_offer,
    decline_photo_offer,
    offer_photo,
    take_photo_at_desk,
    withdraw_photo_offer,
)
from apps.outbox import services as outbox
from apps.people.selectors import get_person
from apps.people.services import link_user
from tests.factories.accounts import make_actor, make_officer, make_user, sign_in_officer
from tests.factories.certificates import make_certifiable_member, portrait
from tests.factories.documents import picture, picture_bytes
from tests.factories.people import make_person
from tests.factories.routes import set_rule
from tests.support.parallel import together

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
PICTURE = portrait("#225533")
DECLINED = {"reason": DeclineReason.NOT_CLEAR}


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)


@pytest.fixture
def membership():
    return make_certifiable_member()


@pytest.fixture
def member(membership):
    user = make_user("member@example.org")
    link_user(user_id=user.pk, person_id=membership.person_id, now=NOW)
    return make_actor(user_id=user.pk, person_id=membership.person_id, second_factor=False)


def officer(code="330000", *, person=None, role=Role.REVIEWER):
    person = person or make_person("李经办")
    return make_actor((role, code), user_id=make_user(f"{person.pk}{code}@example.org").pk, person_id=person.pk)


def offer(member, *, at=NOW, content=PICTURE):
    return offer_photo(actor=member, picture=content, now=at)


def accept(given, actor):
    return accept_photo_offer(actor=actor, offer_id=given.pk, now=NOW)


def decline(given, actor, **changes):
    return decline_photo_offer(actor=actor, offer_id=given.pk, now=NOW, **{**DECLINED, **changes})


def photo_of(membership):
    return get_person(membership.person_id).photo


def test_nothing_changes_until_somebody_has_compared(member, membership):
    before = photo_of(membership)
    given = offer(member)
    assert photo_of(membership) == before
    accept(given, officer())
    assert photo_of(membership).sha256 == PhotoOffer.objects.get().picture.sha256 != before.sha256
    assert Record.objects.filter(action="photo.accepted").count() == 1


def test_declined_photo_is_told_of_with_its_reason(member, membership):
    before = photo_of(membership)
    decline(offer(member), officer(), note="请换一张不戴眼镜的")
    outbox.deliver_due(clock=lambda: NOW)
    assert photo_of(membership) == before
    (mail,) = Message.objects.filter(purpose__startswith="photo_declined", channel="email")
    text = mail.open_part("text")
    assert "照片不清楚" in text and "不戴眼镜" not in text and reverse("movements:photo") in text
    assert photo_page(member.user_id, today=NOW.date()).attempts_left == 4


def test_one_photo_waits_at_a_time_and_can_be_taken_back(member):
    given = offer(member)
    with pytest.raises(PhotoWaits):
        offer(member)
    withdraw_photo_offer(actor=member, offer_id=given.pk, now=NOW)
    assert offer(member).state == PhotoState.OFFERED
    with pytest.raises(TransitionRefused):
        withdraw_photo_offer(actor=member, offer_id=given.pk, now=NOW)


def test_after_five_declined_ones_the_desk_decides(member, membership):
    for day in range(5):
        decline(offer(member, at=NOW + timedelta(days=day)), officer())
    with pytest.raises(NoAttemptsLeft):
        offer(member, at=NOW + timedelta(days=9))
    take_photo_at_desk(
        actor=officer(), kind=membership.kind, number=membership.number, picture=PICTURE, now=NOW + timedelta(days=9)
    )
    assert offer(member, at=NOW + timedelta(days=10)).state == PhotoState.OFFERED


def test_rule_may_leave_out_the_comparison(member, membership):
    set_rule("photo.compared", "nobody", "330000")
    given = offer(member)
    assert (given.state, given.decided_by) == (PhotoState.ACCEPTED, None)
    assert photo_of(membership).sha256 == given.picture.sha256


@pytest.mark.parametrize("decide", [accept, decline])
def test_who_may_decide(member, membership, decide):
    given = offer(member)
    people = {
        "home": officer(),
        "elsewhere": officer("110000"),
        "director": officer(role=Role.DIRECTOR),
        "the member, with a seat": officer(person=membership.person),
        "without a person": make_actor((Role.REVIEWER, "330000"), user_id=make_user("z@example.org").pk),
        "member": member,
    }
    may = set()
    for who, actor in people.items():
        seen = offers_at_office(actor).filter(pk=given.pk).exists()
        assert seen == can_compare_photo(actor, given), who
        try:
            with transaction.atomic():
                decide(given, actor)
                may.add(who)
                transaction.set_rollback(True)
        except NotPermitted:
            assert not seen
    assert may == {"home"}


def test_database_holds_that_nobody_compares_the_own_photo(member, membership):
    given = offer(member)
    with pytest.raises(IntegrityError), transaction.atomic():
        PhotoOffer.objects.filter(pk=given.pk).update(decided_by_person=membership.person_id)


def test_whoever_is_no_member_offers_nothing(member, membership):
    with pytest.raises(NoMember):
        offer(make_actor(user_id=make_user("x@example.org").pk, second_factor=False))
    end_membership(actor=member, membership_id=membership.pk, reason=EndReason.WITHDRAWN, on=NOW.date(), now=NOW)
    with pytest.raises(NoMember):
        offer(member)


@pytest.mark.parametrize("changes", [{"number": "999999999999"}, {"kind": MemberKind.PRACTISING}])
def test_desk_takes_photos_of_own_members_only(membership, changes):
    given = {"kind": membership.kind, "number": membership.number, "picture": PICTURE, "now": NOW, **changes}
    with pytest.raises(MemberNotFound):
        take_photo_at_desk(actor=officer(), **given)
    with pytest.raises(MemberNotFound):
        take_photo_at_desk(actor=officer("110000"), **{**given, "kind": membership.kind, "number": membership.number})
    with pytest.raises(NotPermitted):
        own = officer(person=membership.person)
        take_photo_at_desk(actor=own, **{**given, "kind": membership.kind, "number": membership.number})


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_decide_once(member):
    given = offer(member)
    officers = [officer() for _one in range(4)]
    acts = [lambda n=n: (accept if n % 2 else decline)(given, officers[n % 4]) for n in range(20)]
    results = together(acts)
    assert sum(isinstance(result, PhotoOffer) for result in results) == 1
    assert all(isinstance(result, PhotoOffer | TransitionRefused) for result in results)


@pytest.mark.django_db(transaction=True)
def test_two_presses_offer_one_photo(member):
    results = together([lambda: offer(member)] * 8)
    assert sum(isinstance(result, PhotoOffer) for result in results) == 1
    assert PhotoOffer.objects.count() == 1


def test_pages_of_member_and_office(client, member, membership):
    client.force_login(get_user_model().objects.get(pk=member.user_id))
    bad = client.post(reverse("movements:photo"), {"photo": _upload(picture_bytes(picture(20, 20)))})
    assert "照片太小" in bad.content.decode()
    sent = client.post(reverse("movements:photo"), {"photo": _upload(picture_bytes(picture(600, 800)))}, follow=True)
    assert "照片正在等待比对" in sent.content.decode()
    given = PhotoOffer.objects.get()
    stranger = make_user("stranger@example.org")
    client.force_login(stranger)
    assert client.get(reverse("movements:photo")).url == reverse("dashboard:account")
    desk = officer()
    user = make_officer("desk@example.org")
    link_user(user_id=user.pk, person_id=desk.person_id, now=NOW)
    sign_in_officer(client, user)
    assert "王芳" in client.get(reverse("movements:photos")).content.decode()
    page = reverse("movements:photo_offer", args=[given.pk])
    assert client.get(reverse("movements:offer_picture", args=[given.pk, "offered"])).status_code == 200
    missing = client.post(page, {"decline": "1"})
    assert "请选择一项理由" in missing.content.decode()
    assert client.post(page, {"accept": "1"}).url == reverse("movements:photos")
    assert client.get(page).url == reverse("movements:photos")
    assert Record.objects.filter(action="person.read").exists()


def _upload(content):
    return SimpleUploadedFile("a.png", content, content_type="image/png")
