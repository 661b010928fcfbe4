import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.urls import reverse

from apps.accounts.enums import NATIONAL_CODE, Role
from apps.accounts.selectors import user_by_email
from apps.associations.selectors import seats_on
from apps.core.clock import now as present
from apps.core.clock import today
from apps.mail.services import send_due

pytestmark = pytest.mark.django_db


def test_directory_lists_the_33_bodies_with_a_phone_each(client):
    response = client.get(reverse("associations:directory"))
    page = response.content.decode()
    assert len(response.context["rows"]) == 33
    assert all(row["contact"].phone for row in response.context["rows"])
    assert "浙江省注册会计师协会" in page
    assert "@cicpa.org.cn" not in page


def test_directory_speaks_english(client):
    page = client.get(reverse("associations:directory"), headers={"accept-language": "en"}).content.decode()
    assert "Zhejiang Institute of Certified Public Accountants" in page


def test_first_administrator_has_no_password_a_seat_and_a_mail_that_says_how_to_begin():
    call_command("make_first_administrator", "--email", "Head@example.org", "--name", "管理员")
    user = user_by_email("head@example.org")
    assert not user.has_usable_password()
    (seat,) = seats_on(user.pk, today())
    assert (seat.role, seat.association_code) == (Role.ADMINISTRATOR, NATIONAL_CODE)
    send_due(clock=present)
    assert "/signin/" in outbox.outbox[0].body
    with pytest.raises(CommandError, match="already"):
        call_command("make_first_administrator", "--email", "other@example.org", "--name", "另一人")


def test_first_administrator_needs_an_address():
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("make_first_administrator", "--email", "head", "--name", "管理员")
