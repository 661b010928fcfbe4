"""Workers that die for real, and workers that race."""

import pytest

from apps.certificates.enums import CertificateState
from apps.certificates.models import Certificate
from apps.certificates.services import issue_certificate, issuing
from apps.certificates.services.one_pass import writing
from apps.core.clock import now as present
from apps.outbox import services as outbox
from apps.outbox.models import Event
from tests.factories import certificates as factory
from tests.support.dying_worker import END, die_while
from tests.support.parallel import meet_after, together

pytestmark = [pytest.mark.django_db(transaction=True)]
ISSUING = issuing.__name__


@pytest.fixture(autouse=True)
def _events_wait(monkeypatch):
    monkeypatch.setattr(outbox, "_wake_worker", lambda **_: None)


def one_in_force(membership) -> Certificate:
    certificate = Certificate.objects.get(membership=membership)
    assert certificate.state == CertificateState.ISSUED
    assert Event.objects.filter(name="certificate.issued").count() == 1
    return certificate


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    [
        f"{ISSUING}:make_sealed_pdf",
        f"{writing.__name__}:write_next_revision",
        f"{ISSUING}:complete_certificate",
        f"{ISSUING}:_put_into_force",
        f"{ISSUING}:enqueue",
        END,
    ],
)
def test_killed_process_leaves_one_certificate_after_a_repeat(place, tmp_path):
    membership = factory.make_certifiable_member()
    die_while(f"{ISSUING}:issue_certificate", membership.pk, at=place, folder=tmp_path)
    issue_certificate(membership.pk, now=present())
    one_in_force(membership)


def test_two_workers_at_once_make_one_certificate(monkeypatch):
    """Both have drawn and sealed the page when they come to keep it: only one of them may."""
    membership = factory.make_certifiable_member()
    meet_after(monkeypatch, issuing, "make_sealed_pdf")
    issued = together([lambda: issue_certificate(membership.pk, now=present()).code] * 2, workers=2)
    assert issued == [one_in_force(membership).code] * 2
