"""What the member fetches."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from apps.audit.models import Record
from apps.core.clock import now as present
from apps.documents.services import read_file
from apps.people.services import link_user
from tests.factories import certificates as factory
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture
def certificate():
    return factory.make_certificate()


@pytest.fixture
def member(certificate):
    user = make_user()
    link_user(user_id=user.pk, person_id=certificate.membership.person_id, now=present())
    return user


def download(client, certificate):
    return client.get(reverse("certificates:download", args=[certificate.pk]))


def test_member_downloads_the_certificate_and_it_is_recorded(client, certificate, member):
    client.force_login(member)
    response = download(client, certificate)
    assert b"".join(response.streaming_content) == read_file(certificate.file)
    disposition = response["Content-Disposition"]
    assert f'filename="CICPA-certificate-{certificate.membership.number}.pdf"' in disposition
    assert quote("非执业会员证-王芳.pdf") in disposition
    record = Record.objects.get(action="certificate.downloaded")
    assert record.subject_id == str(certificate.pk)
    assert record.actor_user_id == member.pk


def test_nobody_else_can_see_that_a_certificate_exists(client, certificate):
    client.force_login(make_user("other@example.org"))
    assert download(client, certificate).status_code == 404
    assert not Record.objects.filter(action="certificate.downloaded").exists()


def test_download_without_account_leads_to_the_sign_in(client, certificate):
    assert download(client, certificate).status_code == 302


def test_superseded_certificate_is_not_handed_out(client, certificate, member):
    from apps.certificates.selectors import certificates_of_user
    from apps.certificates.services import issue_certificate

    factory.make_photo(certificate.membership.person, factory.portrait(suit="#702020"))
    newer = issue_certificate(certificate.membership_id, now=present())
    client.force_login(member)
    assert download(client, certificate).status_code == 404
    assert [each.pk for each in certificates_of_user(member.pk)] == [newer.pk]
