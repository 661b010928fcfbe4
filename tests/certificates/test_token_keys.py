"""The keys behind the tokens: one active, retired ones stay good, revoked ones never; each change is recorded."""

import json
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, transaction

from apps.audit.models import Record
from apps.certificates.models import Certificate, Run, RunFailure, TokenKey
from apps.certificates.selectors import memberships_with_revoked_tokens, published_keys
from apps.certificates.services import (
    TokenKeyMissing,
    issue_certificate,
    issuing,
    revoke_token_key,
    rotate_token_key,
    work_on_runs,
)
from apps.certificates.services.status_lists import make_status_list
from apps.certificates.services.token_keys import active_signer
from apps.core.actor import Actor
from tests.factories import certificates as factory
from tests.support.verifier import verifier

NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
OPERATOR = Actor.system("test")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("drawn_quickly")]


@pytest.fixture
def certificate():
    return factory.make_certificate(now=NOW)


def check(certificate, *, now=NOW):
    keys = verifier.read_keys(json.dumps(published_keys(now=now)))
    lists = verifier.trusted_lists([verifier.read_status_list(make_status_list(1, now=now))], keys)
    statement = Certificate.objects.get(pk=certificate.pk).statement
    return verifier.check(f"https://x/v/{statement['code']}#{statement['token']}", keys, lists, now=now)


def test_demo_and_test_make_their_own_key_once(certificate):
    factory.make_certificate(now=NOW)
    key = TokenKey.objects.get()
    assert (key.state, key.is_specimen) == ("active", True)
    assert check(certificate).word == "valid"


def test_private_half_is_readable_by_its_owner_only(settings, tmp_path):
    settings.SEALS_DIR = tmp_path / "seals"
    key = active_signer(now=NOW).row
    path = Path(settings.SEALS_DIR) / f"token-{key.key_id}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_retired_keys_tokens_stay_good(certificate):
    new = rotate_token_key(actor=OPERATOR, now=NOW + timedelta(days=3))
    later = NOW + timedelta(days=4)
    assert check(certificate, now=later).word == "valid"
    assert active_signer(now=later).row == new
    assert TokenKey.objects.filter(state="active").count() == 1


def test_retired_key_signs_nothing_that_is_dated_later(certificate, monkeypatch):
    rotate_token_key(actor=OPERATOR, now=NOW - timedelta(days=3))
    verdict = check(certificate)
    assert (verdict.word, verdict.cause) == ("not_genuine", "key_retired_before")


def test_revoked_keys_tokens_are_refused_and_the_certificate_is_made_anew(certificate):
    old = certificate.token_key
    revoke_token_key(old.key_id, actor=OPERATOR, now=NOW)
    verdict = check(certificate)
    assert (verdict.word, verdict.cause) == ("not_genuine", "revoked_key")
    assert list(memberships_with_revoked_tokens()) == [certificate.membership_id]
    newer = issue_certificate(certificate.membership_id, now=NOW)
    assert newer.version == certificate.version + 1
    assert check(newer).word == "valid"
    assert not memberships_with_revoked_tokens().exists()
    assert issue_certificate(certificate.membership_id, now=NOW) == newer


def test_each_change_of_a_key_is_recorded(certificate):
    first = certificate.token_key.key_id
    rotate_token_key(actor=OPERATOR, now=NOW)
    revoke_token_key(first, actor=OPERATOR, now=NOW)
    actions = list(
        Record.objects.filter(action__startswith="token_key.").values_list("action", flat=True).order_by("at")
    )
    assert sorted(actions) == sorted(
        ["token_key.activated", "token_key.retired", "token_key.activated", "token_key.revoked"]
    )


def test_key_change_fails_with_its_record(certificate, monkeypatch):
    monkeypatch.setattr("apps.certificates.services.token_keys.record", _refuse)
    with pytest.raises(RuntimeError):
        revoke_token_key(certificate.token_key.key_id, actor=OPERATOR, now=NOW)
    assert TokenKey.objects.get().state == "active"


def _refuse(*args, **kwargs):
    raise RuntimeError("no record")


def test_production_makes_no_key_by_itself_and_signs_nothing_with_a_specimen(settings):
    settings.PRODUCTION = True
    with pytest.raises(TokenKeyMissing, match="token_keys rotate"):
        active_signer(now=NOW)
    settings.PRODUCTION = False
    active_signer(now=NOW)
    settings.PRODUCTION = True
    with pytest.raises(TokenKeyMissing):
        active_signer(now=NOW)
    key = rotate_token_key(actor=OPERATOR, now=NOW)
    assert not key.is_specimen
    assert active_signer(now=NOW).row == key


def test_lost_file_says_what_to_do(settings, tmp_path):
    active_signer(now=NOW)
    settings.SEALS_DIR = tmp_path / "elsewhere"
    with pytest.raises(TokenKeyMissing, match="SEALS_DIR"):
        active_signer(now=NOW)


def test_published_keys_hold_nothing_private(certificate):
    rotate_token_key(actor=OPERATOR, now=NOW)
    document = published_keys(now=NOW)
    assert [key["state"] for key in sorted(document["token_keys"], key=lambda key: key["state"])] == [
        "active",
        "retired",
    ]
    assert all(len(key["public_key"]) == 43 for key in document["token_keys"])
    assert document["associations"]["330000"]["en"] == factory.ZHEJIANG.english_name


@pytest.mark.parametrize(
    "columns", [{"state": "active", "retired_at": None}, {"key_id": "0" * 8}, {"public_key": b"x"}]
)
def test_database_refuses_what_can_never_be(certificate, columns):
    rotate_token_key(actor=OPERATOR, now=NOW)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        TokenKey.objects.filter(state="retired").update(**columns)


def run(*arguments) -> str:
    out = StringIO()
    call_command("token_keys", *arguments, stdout=out)
    return out.getvalue()


def test_operator_rotates_and_revokes(certificate):
    first = certificate.token_key.key_id
    assert "signs from now on" in run("rotate")
    assert "1 certificates are being issued again" in run("revoke", first)
    assert Run.objects.get().target == first
    listed = run()
    assert f"{first} revoked since" in listed
    assert "active since" in listed


def test_operator_learns_what_was_wrong(certificate):
    with pytest.raises(CommandError, match="lists them"):
        run("revoke", "nosuch")
    with pytest.raises(CommandError, match="Say which key"):
        run("revoke")
    run("revoke", certificate.token_key.key_id)
    with pytest.raises(CommandError, match="已吊销"):
        run("revoke", certificate.token_key.key_id)


def test_certificate_in_the_making_is_made_anew_too():
    requested = issuing.request_certificate(factory.make_certifiable_member().pk, now=NOW)
    revoke_token_key(requested.token_key.key_id, actor=OPERATOR, now=NOW)
    issued = issue_certificate(requested.membership_id, now=NOW)
    assert issued.pk != requested.pk
    assert check(issued).word == "valid"


def test_run_makes_anew_what_a_revoked_key_signed_and_nothing_else(certificate, monkeypatch):
    rotate_token_key(actor=OPERATOR, now=NOW)
    other = factory.make_certificate(now=NOW)
    run("revoke", certificate.token_key.key_id)
    while work_on_runs(clock=lambda: NOW):
        pass
    assert not memberships_with_revoked_tokens().exists()
    in_force = Certificate.objects.get(membership=certificate.membership, state="issued")
    assert check(in_force).word == "valid"
    assert Certificate.objects.get(membership=other.membership).pk == other.pk


def test_run_waits_while_the_key_is_not_to_be_had_and_blames_no_member(certificate, settings, tmp_path):
    run("revoke", certificate.token_key.key_id)
    folder, settings.SEALS_DIR = settings.SEALS_DIR, tmp_path / "elsewhere"
    work_on_runs(clock=lambda: NOW)
    assert not RunFailure.objects.exists()
    assert memberships_with_revoked_tokens().exists()
    settings.SEALS_DIR = folder
    while work_on_runs(clock=lambda: NOW + timedelta(minutes=2)):
        pass
    assert not memberships_with_revoked_tokens().exists()
