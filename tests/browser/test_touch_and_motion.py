"""On a phone: every target is large enough for a finger, and whoever wants no motion gets none."""

from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from apps.accounts.enums import Role
from apps.applicants.enums import State
from apps.core.clock import now as present
from apps.people.services import link_user
from tests.factories.accounts import make_officer
from tests.factories.applicants import make_application, open_batch
from tests.factories.candidates import candidate, make_draft
from tests.factories.members import make_cpa
from tests.factories.people import make_person
from tests.support.layout import SMALL_TARGETS
from tests.support.pages import OPEN_PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES_OF_A_DRAFT = ["tasks", "identity", "certificate", "association", "contact", "photo", "declarations", "check"]

MOTION = """() => {
    const seconds = list => Math.max(...list.split(',').map(parseFloat))
    const moving = [...document.querySelectorAll('*')].filter(element => [null, '::before', '::after'].some(part => {
        const style = getComputedStyle(element, part)
        return seconds(style.transitionDuration) > 0 || seconds(style.animationDuration) > 0
            || style.scrollBehavior == 'smooth'
    }))
    return [...moving.map(element => element.outerHTML.slice(0, 100)), ...document.getAnimations().map(String)]
}"""


def faults_of(reader, addresses) -> list[str]:
    """Targets under 24 px in either direction (WCAG 2.2, 2.5.8; links in sentences are exempt) and what moves."""
    reader.page.emulate_media(reduced_motion="reduce")
    faults = []
    for address in addresses:
        reader.page.goto(address)
        assert reader.page.url.endswith(quote(address, safe="/?=")), f"{address} sends on to {reader.page.url}"
        for fault in reader.page.evaluate(SMALL_TARGETS) + reader.page.evaluate(MOTION):
            faults.append(f"{address}: {fault}")
    return faults


@pytest.fixture
def phone(visit):
    return visit(width=360, height=740)


def test_open_pages(phone):
    make_cpa("王小明", number="330000120001")
    assert faults_of(phone, OPEN_PAGES) == []


def test_pages_of_a_candidate(phone, sign_in):
    actor = candidate()
    make_draft(actor=actor)
    sign_in(phone, get_user_model().objects.get(pk=actor.user_id))
    addresses = ["/account/", "/account/security/", *(f"/apply/{page}/" for page in PAGES_OF_A_DRAFT)]
    assert faults_of(phone, addresses) == []


def test_progress_in_its_states(phone, sign_in):
    faults = []
    for state in (State.SUBMITTED, State.CORRECTION_REQUESTED, State.CONFIRMED, State.REFUSED):
        case = make_application(state=state)
        sign_in(phone, case.user)
        faults += faults_of(phone, ["/account/", f"/progress/{case.reference}/"])
    assert faults == []


def test_verdict(phone, certificate):
    assert faults_of(phone, [f"/v/{certificate.code}"]) == []


def test_desks(visit, sign_in):
    near, sent = make_application(), make_application(state=State.SENT)
    batch = open_batch(make_application(state=State.AGREED))
    review = [
        "/office/",
        reverse("applicants:worklist"),
        reverse("applicants:case", args=[near.reference]),
        reverse("applicants:correction", args=[near.reference]),
        reverse("applicants:refuse", args=[near.reference]),
        reverse("applicants:batches"),
        reverse("applicants:batch", args=[batch.number]),
        reverse("applicants:sheet", args=[batch.number]),
    ]
    recheck = [
        reverse("applicants:recheck"),
        reverse("applicants:recheck_batch", args=[sent.batch.number]),
        reverse("applicants:recheck_case", args=[sent.reference]),
        reverse("applicants:recheck_return", args=[sent.reference]),
    ]
    faults = []
    for role, association, addresses in ((Role.REVIEWER, "330000", review), (Role.RECHECKER, "000000", recheck)):
        user = make_officer(f"{role}@example.org", role=role, association_code=association)
        link_user(user_id=user.pk, person_id=make_person().pk, now=present())
        desk = visit(width=360, height=740)
        sign_in(desk, user)
        faults += faults_of(desk, addresses)
    assert faults == []
