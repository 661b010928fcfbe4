"""The demo's mailbox exists in the demo alone."""

import importlib
from email.utils import formatdate

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from apps.mail import urls
from apps.mail.selectors.demo import demo_mailbox


def put(folder, subject, to, text, when):
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
    mail = EmailMultiAlternatives(subject, text, to=[to], headers={"Date": formatdate(when)}, connection=backend)
    mail.attach_alternative(f"<p>{text}</p>", "text/html")
    mail.send()


@pytest.mark.django_db
def test_address_does_not_exist_outside_the_demo(client):
    assert "demo_mailbox" not in [pattern.name for pattern in urls.urlpatterns]
    assert client.get("/demo/mail/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("mail:demo_mailbox")


def test_address_exists_in_the_demo(settings):
    settings.DEMO = True
    try:
        importlib.reload(urls)
        assert "demo_mailbox" in [pattern.name for pattern in urls.urlpatterns]
    finally:
        settings.DEMO = False
        importlib.reload(urls)


def test_mails_are_read_newest_first_and_by_address(tmp_path):
    put(tmp_path, "您的验证码：048217", "li.na@example.org", "您的验证码是：048217", 1_700_000_000)
    put(tmp_path, "已提交", "wang.wei@example.org", "我们已收到您的申请。", 1_700_000_060)
    assert [mail.subject for mail in demo_mailbox(tmp_path)] == ["已提交", "您的验证码：048217"]
    (mail,) = demo_mailbox(tmp_path, to="LI.NA")
    assert mail.text.strip() == "您的验证码是：048217"
    assert mail.to == "li.na@example.org"


def test_empty_or_missing_folder_shows_no_mails(tmp_path):
    assert demo_mailbox(tmp_path / "none") == []


@pytest.mark.django_db
def test_page_shows_the_text(tmp_path, settings):
    from apps.mail.views.demo import DemoMailboxView

    settings.EMAIL_FILE_PATH = str(tmp_path)
    put(tmp_path, "您的验证码：048217", "li.na@example.org", "您的验证码是：048217", 1_700_000_000)
    response = DemoMailboxView.as_view()(RequestFactory().get("/demo/mail/"))
    assert "您的验证码是：048217" in response.render().content.decode()
