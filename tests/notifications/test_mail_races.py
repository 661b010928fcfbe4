"""An event that two workers deliver at the same moment is one mail."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from apps.mail.models import Message
from apps.notifications import handlers
from tests.factories.applicants import make_application
from tests.factories.candidates import NOW


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_send_one_mail():
    case, start = make_application(), Barrier(3)

    def deliver(_worker):
        try:
            start.wait()
            handlers.send_receipt({"application_id": str(case.pk), "reference": case.reference}, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(deliver, range(3)))
    assert Message.objects.filter(case=case.reference, purpose="receipt").count() == 1
