"""Whether a case is clean: every line of its checklist is green. Lists read the answer from a column."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Q, QuerySet

from apps.applicants.enums import OPEN_STATES
from apps.applicants.models import Application, RollEntry
from apps.applicants.selectors.case import roll_finding
from apps.applicants.selectors.checklist import checklist
from apps.applicants.selectors.roll import certificate_index
from apps.people.selectors import persons_with_documents

CHUNK = 1000


def has_green_checklist(application: Application, *, today: date) -> bool:
    """Derived afresh: roll, identity, dates, declarations, register. A single line for a person makes it false."""
    return all(line.is_green for line in checklist(application, roll_finding(application), today=today))


def open_cases() -> QuerySet[Application]:
    return Application.objects.filter(state__in=sorted(OPEN_STATES))


def cases_of_roll_import(job_id) -> Iterator[QuerySet[Application]]:
    """The open cases that lines of this import may have made green, or not green, a chunk of lines at a time: only a
    line with the certificate or the document of the case can."""
    lines = RollEntry.objects.filter(import_job=job_id).values_list("certificate_number", "identity_index")
    rest = lines.iterator(chunk_size=CHUNK)
    while some := list(islice(rest, CHUNK)):
        certificates = [certificate_index(number) for number, _document in some]
        holders = persons_with_documents({document for _number, document in some})
        yield open_cases().filter(Q(certificate_index__in=certificates) | Q(person_id__in=holders))
