"""The command that makes the keys of a demo or a test."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.associations.selectors import all_associations
from apps.certificates.services.seal_keys import seal_key

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("make_seal_keys", stdout=out)
    return out.getvalue()


def test_every_body_gets_a_key_once(settings, tmp_path):
    settings.SEALS_DIR = tmp_path / "seals"
    bodies = all_associations()
    assert run().startswith(f"{len(bodies)} SPECIMEN seal keys made")
    for body in bodies:
        key = seal_key(body.code)
        assert key.is_specimen
        assert key.certificate.subject.native["common_name"] == body.name
    assert run().startswith("0 SPECIMEN seal keys made")


def test_production_makes_no_keys_and_says_what_to_bring(settings, tmp_path):
    settings.SEALS_DIR = tmp_path / "seals"
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"roots\.pem"):
        run()
    assert not settings.SEALS_DIR.exists()
