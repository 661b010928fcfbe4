"""The administrator grants, moves, ends and reviews seats; nobody else sees the pages, and nobody serves themselves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.selectors import user_by_email
from apps.associations.models import Seat
from apps.associations.selectors import seats_due_for_review, seats_on
from apps.associations.services import grant_seat
from apps.audit.selectors import records_of
from apps.core import clock
from apps.core.actor import Actor, SeatGrant
from apps.mail.models import Message
from tests.factories.accounts import make_officer, make_user, sign_in_officer

pytestmark = pytest.mark.django_db
SEATS = reverse("associations:seats")
INVITE = reverse("associations:invite")


@pytest.fixture
def administrator():
    return make_officer("admin@example.org", role=Role.ADMINISTRATOR, association_code=NATIONAL_CODE)


@pytest.fixture
def page(client, administrator):
    return sign_in_officer(client, administrator)


def boxes(name: str, day: date) -> dict:
    return {f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day": day.day}


def invitation(**changes) -> dict:
    answers = {
        "email": "New.Officer@example.org",
        "display_name": "钱进",
        "role": Role.REVIEWER,
        "association": "330000",
        **boxes("from_on", clock.today()),
    }
    return answers | changes


def reviewer_seat(**columns) -> Seat:
    user = make_user("li.na@example.org", display_name="李娜")
    return grant_seat(
        actor=Actor.system("test"),
        user_id=user.pk,
        association_code="330000",
        role=Role.REVIEWER,
        from_on=columns.pop("from_on", date(2026, 1, 1)),
        now=clock.now(),
        **columns,
    )


def test_invited_officer_has_account_seat_and_a_mail_that_names_no_password(page):
    answer = page.post(INVITE, invitation())
    user = user_by_email("new.officer@example.org")
    assert answer.url == reverse("associations:seat", args=[Seat.objects.get(user=user).pk])
    assert seats_on(user.pk, clock.today()) == (SeatGrant("330000", Role.REVIEWER),)
    assert user.display_name == "钱进"
    assert not user.has_usable_password()
    assert [message.purpose for message in Message.objects.all()] == ["account.invitation"]
    assert "钱进" in page.get(SEATS).content.decode()


def test_second_seat_of_an_officer_brings_no_second_invitation(page):
    page.post(INVITE, invitation())
    page.post(INVITE, invitation(association="310000"))
    assert Seat.objects.filter(user__email="new.officer@example.org").count() == 2
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "not an address"}, "电子邮箱不完整"),
        ({"role": Role.RECHECKER}, "这个角色是全国性的"),
        ({"from_on_year": 2020}, "起始日不能早于今天"),
        ({"from_on_month": 13}, "没有这一天"),
        (boxes("to_on", clock.today() - timedelta(days=3)), "最后一天早于起始日"),
    ],
)
def test_bad_invitation_is_explained_and_nothing_typed_is_lost(page, changes, sentence):
    answer = page.post(INVITE, invitation(**changes))
    words = answer.content.decode()
    assert sentence in words
    assert 'value="钱进"' in words
    assert not Seat.objects.exclude(role=Role.ADMINISTRATOR).exists()
    assert user_by_email("new.officer@example.org") is None


def test_administrator_cannot_seat_themself(page, administrator):
    answer = page.post(INVITE, invitation(email=administrator.email))
    assert "您没有办理这一事项的权限" in answer.content.decode()
    assert Seat.objects.filter(user=administrator).count() == 1


def test_roles_that_stay_apart_are_refused_for_any_day_of_the_span(page):
    later = clock.today() + timedelta(days=30)
    page.post(INVITE, invitation(role=Role.AUDITOR, association=NATIONAL_CODE, **boxes("from_on", later)))
    answer = page.post(INVITE, invitation(role=Role.SECURITY, association=NATIONAL_CODE))
    assert "必须由不同的人担任" in answer.content.decode()
    until = boxes("to_on", later - timedelta(days=1))
    page.post(INVITE, invitation(role=Role.SECURITY, association=NATIONAL_CODE, **until))
    assert Seat.objects.filter(role=Role.SECURITY).count() == 1


def test_ended_seat_works_on_its_last_day_and_not_after(page):
    seat = reviewer_seat()
    answer = page.post(reverse("associations:seat_end", args=[seat.pk]), boxes("end-last_on", clock.today()))
    assert answer.url == reverse("associations:seat", args=[seat.pk])
    assert seats_on(seat.user_id, clock.today())
    assert not seats_on(seat.user_id, clock.today() + timedelta(days=1))


def test_seat_cannot_end_in_the_past(page):
    seat = reviewer_seat()
    yesterday = clock.today() - timedelta(days=1)
    answer = page.post(reverse("associations:seat_end", args=[seat.pk]), boxes("end-last_on", yesterday))
    assert "最后一天不能早于今天" in answer.content.decode()
    seat.refresh_from_db()
    assert seat.to_on is None


def test_moved_officer_sits_in_exactly_one_place_every_day(page):
    seat = reviewer_seat()
    day = clock.today() + timedelta(days=7)
    place = {"move-role": Role.REVIEWER, "move-association": "310000", **boxes("move-from_on", day)}
    page.post(reverse("associations:seat_move", args=[seat.pk]), place)
    held = [seats_on(seat.user_id, day + timedelta(days=offset)) for offset in (-1, 0)]
    assert held == [(SeatGrant("330000", Role.REVIEWER),), (SeatGrant("310000", Role.REVIEWER),)]


def test_move_to_today_is_refused_and_changes_nothing(page):
    seat = reviewer_seat()
    place = {"move-role": Role.REVIEWER, "move-association": "310000", **boxes("move-from_on", clock.today())}
    answer = page.post(reverse("associations:seat_move", args=[seat.pk]), place)
    assert "新席位最早从明天开始" in answer.content.decode()
    assert Seat.objects.filter(user=seat.user).count() == 1


def test_seat_is_due_each_quarter_until_a_colleague_keeps_it(page, administrator):
    seat = reviewer_seat()
    last_year = clock.now() - timedelta(days=200)
    Seat.objects.update(granted_at=last_year)
    assert seats_due_for_review(clock.today()) == 2
    words = page.get(f"{SEATS}?view=due").content.decode()
    assert f'value="{seat.pk}"' in words
    own = Seat.objects.get(user=administrator)
    assert f'value="{own.pk}"' not in words
    page.post(SEATS, {"seat": [str(seat.pk), str(own.pk), "nonsense"]})
    assert seats_due_for_review(clock.today()) == 1
    assert [record.action for record in records_of("associations.seat", seat.pk)] == ["seat.granted", "seat.reviewed"]
    assert seats_due_for_review(clock.today() + timedelta(days=100)) == 2


def test_list_asks_a_fixed_number_of_questions(page, django_assert_max_num_queries):
    reviewer_seat()
    with django_assert_max_num_queries(20) as few:
        page.get(SEATS)
    for number in range(30):
        make_officer(f"officer{number}@example.org", association_code="310000")
    with django_assert_max_num_queries(len(few)):
        page.get(SEATS)


def test_list_is_narrowed_by_its_address(page):
    reviewer_seat()
    make_officer("shanghai@example.org", association_code="310000")
    rows = page.get(SEATS, {"association": "310000", "role": Role.REVIEWER, "view": "no such view"}).context["page"]
    assert [seat.association_id for seat in rows] == ["310000"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_find_no_such_pages(client, role):
    code = "330000" if role == Role.REVIEWER else NATIONAL_CODE
    seat = reviewer_seat()
    sign_in_officer(client, make_officer("other@example.org", role=role, association_code=code))
    paths = [SEATS, INVITE, reverse("associations:seat", args=[seat.pk])]
    paths.append(reverse("people:staff_person", args=[seat.user_id]))
    assert [client.get(path).status_code for path in paths] == [404] * 4
    assert client.post(reverse("associations:seat_end", args=[seat.pk])).status_code == 404
