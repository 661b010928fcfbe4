"""Who acts for a firm: the office appoints the head, the head names and ends agents."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.enums import Role
from apps.core.actor import Actor
from apps.core.clock import civil_date, now
from apps.core.errors import NotPermitted, RequirementsMissing
from apps.firms.enums import FirmRole, FirmStatus
from apps.firms.models import FirmSeat
from apps.firms.selectors import firm_grants_on
from apps.firms.services import appoint_head, end_firm_seat, name_agent
from apps.mail.models import Message
from tests.factories.accounts import make_actor
from tests.factories.firms import make_firm
from tests.factories.registrations import seat_at
from tests.support.desk import desk  # noqa: F401

pytestmark = pytest.mark.django_db
ZHEJIANG = make_actor((Role.REVIEWER, "330000"))


def seating(actor, firm, email="han@example.org"):
    return {"actor": actor, "firm_id": firm.pk, "email": email, "name": "韩松", "language": "zh-hans", "now": now()}


def test_office_appoints_a_head_who_is_told_how_to_sign_in():
    firm = make_firm()
    seat = appoint_head(**seating(ZHEJIANG, firm))
    assert firm_grants_on(seat.user_id, civil_date(now()))[0].role == FirmRole.HEAD
    assert "验证码" in Message.objects.get(purpose="firm.seat").open_part("text")


def test_new_head_takes_the_place_of_the_one_before():
    firm = make_firm()
    first = appoint_head(**seating(ZHEJIANG, firm))
    appoint_head(**seating(ZHEJIANG, firm, "new@example.org"))
    first.refresh_from_db()
    assert first.to_on == civil_date(now())
    tomorrow = civil_date(now()) + timedelta(days=1)
    assert firm_grants_on(first.user_id, tomorrow) == ()


def test_repeated_appointment_changes_nothing():
    firm = make_firm()
    assert appoint_head(**seating(ZHEJIANG, firm)) == appoint_head(**seating(ZHEJIANG, firm, " HAN@example.org"))
    assert FirmSeat.objects.count() == 1


def test_database_knows_one_head_a_firm():
    firm = make_firm()
    seat = appoint_head(**seating(ZHEJIANG, firm))
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmSeat.objects.create(
            user=seat_user(), firm=firm, role=FirmRole.HEAD, from_on=seat.from_on, granted_at=now(), granted_by_label=""
        )


def seat_user():
    from tests.factories.accounts import make_user

    return make_user("other@example.org")


@pytest.mark.parametrize(
    "actor", [make_actor((Role.REVIEWER, "110000")), make_actor(Role.REGISTRAR), make_actor(), Actor.anonymous()]
)
def test_others_appoint_nobody(actor):
    firm = make_firm()
    with pytest.raises(NotPermitted):
        appoint_head(**seating(actor, firm))
    with pytest.raises(NotPermitted):
        name_agent(**seating(actor, firm))


def test_head_names_and_ends_agents_of_the_own_firm_only():
    firm, other = make_firm(), make_firm("33000013", "绍兴求是会计师事务所")
    head = seat_at(firm, FirmRole.HEAD, now=now())
    agent = name_agent(**seating(head, firm))
    with pytest.raises(NotPermitted):
        name_agent(**seating(head, other))
    end_firm_seat(actor=head, firm_id=firm.pk, seat_id=agent.pk, now=now())
    agent.refresh_from_db()
    assert agent.to_on == civil_date(now())


def test_agent_names_nobody_and_head_cannot_end_the_head():
    firm = make_firm()
    head, agent = seat_at(firm, FirmRole.HEAD, now=now()), seat_at(firm, FirmRole.AGENT, now=now())
    with pytest.raises(NotPermitted):
        name_agent(**seating(agent, firm))
    own = FirmSeat.objects.get(role=FirmRole.HEAD)
    with pytest.raises(NotPermitted):
        end_firm_seat(actor=head, firm_id=firm.pk, seat_id=own.pk, now=now())


def test_closed_firm_gets_no_seats():
    firm = make_firm()
    firm.status = FirmStatus.CLOSED
    firm.save()
    with pytest.raises(RequirementsMissing):
        appoint_head(**seating(ZHEJIANG, firm))


def test_office_page_appoints_and_is_closed_to_other_associations(desk):  # noqa: F811
    firm = make_firm()
    address = reverse("firms:office_firm", args=[firm.code])
    assert desk(make_actor((Role.REVIEWER, "110000"))).get(address).status_code == 404
    client = desk(ZHEJIANG)
    assert firm.name in client.get(reverse("firms:office_firms") + "?q=诚信").content.decode()
    assert "这不像一个邮箱地址" in client.post(address, {"name": "韩松", "email": "han"}).content.decode()
    page = client.post(address, {"name": "韩松", "email": "han@example.org"}, follow=True).content.decode()
    assert "韩松" in page
    assert FirmSeat.objects.get().role == FirmRole.HEAD


def test_head_names_and_ends_an_agent_on_the_page(desk):  # noqa: F811
    firm = make_firm()
    client = desk(seat_at(firm, FirmRole.HEAD, now=now()))
    address = reverse("firms:seats")
    page = client.post(address, {"firm": firm.code, "name": "叶青", "email": "ye@example.org"}, follow=True)
    assert "叶青" in page.content.decode()
    seat = FirmSeat.objects.get(role=FirmRole.AGENT)
    client.post(address, {"firm": firm.code, "end": str(seat.pk)})
    seat.refresh_from_db()
    assert seat.to_on is not None
    assert client.post(address, {"firm": "33000099", "name": "x", "email": "x@example.org"}).status_code == 404
    assert client.post(address, {"firm": firm.code, "end": "nonsense"}).status_code == 404
