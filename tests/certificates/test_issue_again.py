"""The command that starts runs."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.certificates.enums import RunState
from apps.certificates.models import Run
from apps.certificates.services.runs import asking, work
from tests.factories import certificates as factory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture(autouse=True)
def _nobody_wakes(monkeypatch):
    for place in (asking, work):
        monkeypatch.setattr(place, "wake_worker", lambda: None)


def run(*arguments) -> str:
    out = StringIO()
    call_command("issue_again", *arguments, stdout=out)
    return out.getvalue()


def test_command_starts_a_run_does_it_and_says_how_it_went():
    factory.make_certificate()
    assert "kind non_practising running: 0 of 1" in run("kind", "non_practising", "--reason", "seal replaced")
    assert "done: 1 of 1, 1 issued, 0 kept, 0 failed" in run("--work")
    assert Run.objects.get().state == RunState.DONE


def test_command_says_what_is_wrong():
    with pytest.raises(CommandError, match="--reason"):
        run("outdated")
    with pytest.raises(CommandError, match="没有这个协会"):
        run("association", "990000", "--reason", "x")
