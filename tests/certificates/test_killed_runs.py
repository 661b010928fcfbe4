"""A worker of a run that the system kills, for real, wherever it is: another goes on, and each member has one."""

from datetime import timedelta

import pytest

from apps.audit.models import Record
from apps.certificates.enums import CertificateState, RunState
from apps.certificates.models import Certificate, Run
from apps.certificates.selectors.runs import progress_of
from apps.certificates.services import issuing, requesting, start_run
from apps.certificates.services.runs import asking, batches, chunks, work
from apps.core.actor import Actor
from apps.core.clock import now as present
from apps.documents.models import StoredFile
from tests.factories import certificates as factory
from tests.support.dying_worker import die_while

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PLACES = [
    f"{requesting.__name__}:with_tokens",
    f"{issuing.__name__}:resolve_name_tasks",
    f"{batches.__name__}:count_in",
    f"{work.__name__}:finish_chunk",
]


def work_till_the_end(_run_id, *, now):
    """What the process does that is to die."""
    work.work_on_runs(clock=lambda: now)


@pytest.mark.parametrize("place", PLACES)
def test_run_goes_on_after_a_kill_and_each_member_has_one(place, tmp_path, monkeypatch):
    for module in (asking, work):
        monkeypatch.setattr(module, "wake_worker", lambda: None)
    members = [factory.make_certificate(name=name).membership for name in ("王芳", "李小明", "张伟")]
    run = start_run(actor=Actor.system("test"), scope="kind", target="non_practising", reason="r", now=present())
    die_while(f"{__name__}:work_till_the_end", run.pk, at=place, folder=tmp_path)
    assert Certificate.objects.filter(state=CertificateState.ISSUED).count() == 3
    later = present() + chunks.LEASE + timedelta(seconds=1)
    work.work_on_runs(clock=lambda: later)
    run = Run.objects.get()
    progress = progress_of(run)
    assert (run.state, progress.issued, progress.kept, progress.failed) == (RunState.DONE, 3, 0, 0)
    for member in members:
        new = Certificate.objects.get(membership=member, state=CertificateState.ISSUED)
        assert (new.run, new.version) == (run, 2)
        assert Record.objects.filter(action="certificate.issued", subject_id=str(new.pk)).count() == 1
    assert all((tmp_path / "files" / path).exists() for path in StoredFile.objects.values_list("path", flat=True))
