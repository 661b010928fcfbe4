"""Announcements name new members: once each, and never with their numbers."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from apps.content.models import Announcement, AnnouncementEntry
from apps.content.services import announce_admission
from apps.core.encryption import create_data_key

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
NUMBER = "会协〔2026〕12号"


def announce(case, name="欧阳·娜", number=NUMBER, association="330000"):
    return announce_admission(
        document_number=number,
        name=name,
        association_code=association,
        data_key=create_data_key(),
        case=case,
        now=NOW,
    )


def test_cases_of_one_document_stand_in_one_announcement():
    announce("ZJ-1")
    announce("ZJ-2", name="王小明")
    assert Announcement.objects.get().entries.count() == 2


def test_repeated_case_is_named_once():
    assert announce("ZJ-1") == announce("ZJ-1")
    assert AnnouncementEntry.objects.count() == 1


def test_page_shows_name_association_and_document_number(client):
    announce("ZJ-1")
    page = client.get(reverse("content:announcement", args=[NUMBER]))
    assert page["X-Robots-Tag"] == "noindex"
    for words in ("欧阳·娜", "浙江", NUMBER, "2026年3月5日"):
        assert words in page.content.decode()


def test_list_shows_how_many_are_named(client):
    announce("ZJ-1")
    announce("ZJ-2")
    assert "2 人" in client.get(reverse("content:announcements")).content.decode()


@pytest.mark.parametrize(
    "address", ["/announcements/会协〔1999〕1号/", "/announcements/x/?page=9", "/announcements/?page=9"]
)
def test_unknown_page_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("people", [3, 60])
def test_page_asks_the_database_the_same_number_of_times(client, people, django_assert_max_num_queries):
    for n in range(people):
        announce(f"ZJ-{n}")
    with django_assert_max_num_queries(4):
        client.get(reverse("content:announcement", args=[NUMBER]))
