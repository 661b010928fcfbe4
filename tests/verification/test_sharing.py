"""Links: the member's own, as chosen and no longer, each opening counted exactly once."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.urls import reverse

from apps.audit.models import Record
from apps.certificates.services import issuing
from apps.core.actor import Actor, ActorKind
from apps.core.clock import now as present
from apps.core.encryption import destroy_data_key
from apps.core.errors import NotPermitted
from apps.members.services import end_membership
from apps.people.services import link_user
from apps.verification import enums
from apps.verification.enums import LinkState
from apps.verification.models import ShareLink, ShareOpening
from apps.verification.selectors import Wish, shared_page
from apps.verification.services import LinkClosed, TooManyLinks, create_link, open_link, revoke_link
from apps.verification.services.sharing import READ_AGAIN, device_of, network_of
from tests.factories import certificates as factory
from tests.factories.accounts import make_user
from tests.factories.verification import make_link
from tests.support.parallel import together

pytestmark = pytest.mark.django_db
NOW = present()
PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile"


@pytest.fixture
def membership():
    return factory.make_certifiable_member()


@pytest.fixture
def user(membership):
    user = make_user()
    link_user(user_id=user.pk, person_id=membership.person_id, now=present())
    return user


@pytest.fixture
def link(membership, user):
    return make_link(membership.pk, user, now=NOW)


def opened(link, visit="v1", now=NOW, **where):
    return open_link(secret=link.secret, visit=visit, now=now, **where)


def actor_of(user) -> Actor:
    return Actor(ActorKind.USER, label="member", user_id=user.pk)


def why_closed(link, visit="other", now=NOW) -> str:
    with pytest.raises(LinkClosed) as refusal:
        opened(link, visit, now)
    return refusal.value.state


def test_link_shows_what_was_chosen_and_nothing_else(membership, user):
    shown = shared_page(make_link(membership.pk, user, fields=["number"]), now=NOW)
    assert dict(shown.facts) == {"会员编号": membership.number}
    assert shown.photo == ""
    assert shown.verdict.shown.masked_name == "王*"
    whole = shared_page(make_link(membership.pk, user), now=NOW)
    assert "王芳" in dict(whole.facts).values()
    assert whole.photo.startswith("data:image/jpeg;base64,")


def test_link_without_anything_chosen_shows_the_masked_verdict(membership, user):
    shown = shared_page(make_link(membership.pk, user, fields=[]), now=NOW)
    assert (shown.facts, shown.photo) == ((), "")


def test_each_opening_is_counted_and_shown_to_its_holder(link):
    opened(link, ip="203.0.113.9", agent=PHONE)
    opened(link, "v2", agent="curl/8")
    link.refresh_from_db()
    assert link.openings == 2
    first, second = link.opened.order_by("opened_at", "id")
    assert (first.device, first.network) == ("phone", "203.0.*.*")
    assert (second.device, second.network) == ("other", "")
    assert Record.objects.filter(action="share_link.opened").count() == 2


def test_pressed_twice_from_one_page_is_one_opening_and_may_be_read_again_for_a_while(link):
    for minutes in (0, 0, 29):
        opened(link, now=NOW + timedelta(minutes=minutes))
    assert ShareOpening.objects.count() == 1
    assert why_closed(link, "v1", NOW + READ_AGAIN + timedelta(seconds=1)) == LinkState.OPEN


def test_link_ends_with_its_count_its_time_or_its_holders_word(link, user):
    for visit in ("a", "b", "c"):
        opened(link, visit)
    assert why_closed(link) == LinkState.USED_UP
    assert opened(link, "c").openings == 3
    assert why_closed(link, now=NOW + timedelta(days=7)) == LinkState.EXPIRED
    revoke_link(actor=actor_of(user), link_id=link.pk, now=NOW)
    assert why_closed(link, "c") == LinkState.REVOKED


def test_nobody_else_makes_or_takes_back_a_link(link, membership):
    stranger = actor_of(make_user("other@example.org"))
    for act in (
        partial(revoke_link, actor=stranger, link_id=link.pk, now=NOW),
        partial(create_link, actor=stranger, membership_id=membership.pk, wish=Wish([], 1, 1), now=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_links_that_can_be_opened_are_limited(membership, user, monkeypatch):
    monkeypatch.setattr("apps.verification.services.sharing.MOST_LIVE_LINKS", 1)
    first = make_link(membership.pk, user)
    with pytest.raises(TooManyLinks):
        make_link(membership.pk, user)
    revoke_link(actor=actor_of(user), link_id=first.pk, now=NOW)
    make_link(membership.pk, user)


def test_end_of_the_membership_leaves_the_verdict_alone(link, membership):
    end_membership(
        actor=issuing.ISSUER, membership_id=membership.pk, reason="expelled", on=date(2026, 1, 1), now=present()
    )
    shown = shared_page(link, now=present())
    assert (shown.verdict.word, shown.facts, shown.photo) == ("ended", (), "")


def test_erased_person_is_shown_by_no_link(link):
    destroy_data_key(link.data_key, now=NOW)
    shown = shared_page(ShareLink.objects.get(pk=link.pk), now=NOW)
    assert (shown.facts, shown.photo, shown.verdict.shown) == ((), "", None)


def test_where_from_is_kept_coarsely():
    assert network_of("2001:db8:1:2::3") == "2001:0db8::"
    assert network_of("no address") == ""
    assert device_of("Mozilla/5.0 (Windows NT 10.0)") == "computer"


def test_secret_is_long_and_not_in_the_database(link):
    assert len(link.secret) >= 22
    row = ShareLink.objects.filter(pk=link.pk).values().get()
    assert link.secret not in str({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()})


@pytest.mark.django_db(transaction=True)
def test_last_opening_is_given_once_when_several_ask_at_once(membership, user):
    link = make_link(membership.pk, user, most=2, now=NOW)
    answers = together([partial(opened, link, f"visit {number}") for number in range(8)], workers=8)
    assert sum(isinstance(answer, ShareLink) for answer in answers) == 2
    assert ShareOpening.objects.count() == 2


class TestPages:
    def address(self, link):
        return f"/s/{link.secret}"

    def test_address_counts_nothing_until_the_button_is_pressed(self, client, link):
        for _preview in range(5):
            page = client.get(self.address(link))
        assert page.status_code == 200
        assert "王" not in page.content.decode()
        assert page["Referrer-Policy"] == "same-origin"
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
        assert not ShareOpening.objects.exists()

    def test_button_shows_what_was_shared(self, client, link, membership):
        text = client.post(self.address(link), {"visit": "v"}).content.decode()
        assert "王芳" in text
        assert membership.number in text
        assert "data:image/jpeg" in text
        assert "由会员本人选择" in text

    def test_closed_and_unknown_links_get_a_kind_page(self, client, link, user):
        revoke_link(actor=actor_of(user), link_id=link.pk, now=NOW)
        for page in (client.get(self.address(link)), client.post(self.address(link), {"visit": "v"})):
            assert page.status_code == 410
            assert "已收回" in page.content.decode()
        assert client.get("/s/nothing").status_code == 404

    def test_member_makes_sees_and_takes_back_a_link(self, client, membership, user):
        client.force_login(user)
        answers = {"fields_shown": ["name"], "days": "3", "most_openings": "2", "note": "某某银行"}
        new = reverse("verification:new_link", args=[membership.pk])
        assert client.post(new, answers)["Location"] == reverse("verification:links")
        link = ShareLink.objects.get()
        opened(link, agent=PHONE, ip="203.0.113.9")
        text = client.get(reverse("verification:links")).content.decode()
        for shown in ("某某银行", f"/s/{link.secret}", "203.0.*.*", "手机或平板", "1 次，最多 2 次"):
            assert shown in text
        client.post(reverse("verification:revoke_link", args=[link.pk]))
        assert "已收回" in client.get(reverse("verification:links")).content.decode()

    @pytest.mark.parametrize("bad", [{"days": "0"}, {"days": "91"}, {"most_openings": "51"}, {"days": "七"}])
    def test_bad_wish_gets_a_sentence_and_keeps_what_was_typed(self, client, membership, user, bad):
        client.force_login(user)
        answers = {"days": "3", "most_openings": "2", "note": "某某银行"} | bad
        page = client.post(reverse("verification:new_link", args=[membership.pk]), answers)
        assert page.status_code == 422
        assert "某某银行" in page.content.decode()
        assert not ShareLink.objects.exists()

    def test_firm_can_be_chosen_by_those_who_have_one(self, client, membership, user):
        client.force_login(user)
        assert enums.SharedField.FIRM not in [
            value
            for value, _label in client.get(reverse("verification:new_link", args=[membership.pk]))
            .context["form"]
            .fields["fields_shown"]
            .choices
        ]

    def test_others_see_no_such_pages(self, client, link, membership):
        client.force_login(make_user("other@example.org"))
        assert client.get(reverse("verification:new_link", args=[membership.pk])).status_code == 404
        assert client.post(reverse("verification:revoke_link", args=[link.pk])).status_code == 404
        assert link.secret not in client.get(reverse("verification:links")).content.decode()
