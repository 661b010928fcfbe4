"""Names of two and of five characters, of thirty-five, and English ones of sixty letters: no page breaks on them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.content.models import Announcement
from apps.core.clock import now as present
from apps.dashboard.selectors.gallery import NAMES
from apps.outbox import services as outbox
from apps.people.services import link_user
from tests.factories.accounts import make_officer, make_user
from tests.factories.applicants import make_application, make_passer
from tests.factories.certificates import make_certificate
from tests.factories.members import make_cpa
from tests.factories.people import make_person
from tests.support.layout import layout_faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(320, "zh-CN"), (1024, "en")]


@pytest.fixture
def readers(settings, tmp_path, monkeypatch):
    """Of each name a member, applicants, a CPA and an officer: who looks, and at which addresses."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)
    with ThreadPoolExecutor(max_workers=1) as worker:  # sealing needs an event loop of its own
        return worker.submit(_everybody).result()


def _everybody() -> list[tuple]:
    try:
        return [reader for number, name in enumerate(NAMES.values()) for reader in _people(name, number)]
    finally:
        connection.close()


def _people(name: str, number: int) -> list[tuple]:
    now = present()
    waiting = make_application(passer=make_passer(name=name), now=now)
    admitted = make_application(state=State.CONFIRMED, passer=make_passer(name=name), now=now)
    certificate = make_certificate(name=name)
    member = make_user(f"member{number}@example.org")
    link_user(user_id=member.pk, person_id=certificate.membership.person_id, now=now)
    make_cpa(name, number=f"33000012000{number}")
    announcement = reverse("content:announcement", args=[Announcement.objects.first().document_number])
    case = reverse("applicants:case", args=[waiting.reference])
    return [
        (None, [f"/register/?name={name}", announcement, f"/v/{certificate.code}"]),
        (waiting.user, [reverse("applicants:progress_case", args=[waiting.reference]), "/account/"]),
        (admitted.user, [reverse("applicants:progress_case", args=[admitted.reference])]),
        (member, ["/account/"]),
        (_officer(name, number, now), ["/office/", reverse("applicants:worklist"), case]),
    ]


def _officer(name: str, number: int, now):
    officer = make_officer(f"desk{number}@example.org", role=Role.REVIEWER)
    officer.display_name = name
    officer.save()
    link_user(user_id=officer.pk, person_id=make_person(name).pk, now=now)
    return officer


def test_no_page_breaks_on_a_name(visit, sign_in, readers):
    faults = []
    for width, language in LOOKS:
        for user, addresses in readers:
            reader = visit(width=width, height=768, language=language)
            if user:
                sign_in(reader, user)
            for address in addresses:
                reader.page.goto(address)
                faults += [f"{address} at {width}: {fault}" for fault in faults_in_both_sizes(reader.page)]
            reader.context.close()
    assert not faults, "\n".join(faults)


def faults_in_both_sizes(page) -> list[str]:
    """Of text: normal and large."""
    faults = layout_faults(page)
    page.evaluate("document.documentElement.classList.add('large-text')")
    return faults + [f"in large text: {fault}" for fault in layout_faults(page)]
