"""The drill: a key is rotated, a key is compromised, from end to end, as an operator does it."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, transaction

from apps.accounts.enums import Role
from apps.accounts.services import create_staff_account, enrol_totp, present_totp_code
from apps.associations.services import grant_seat
from apps.audit.models import Record
from apps.certificates.enums import CertificateState, SealKeyState, VerdictWord
from apps.certificates.models import Certificate, RegisteredSealKey, Sealing
from apps.certificates.selectors import untrusted_since
from apps.certificates.selectors.runs import progress_of
from apps.certificates.services import check_pdf, issue_certificate, make_next_specimen_key, start_run, work_on_runs
from apps.certificates.services import seal_rotation as rotation
from apps.certificates.services.repairing import repair_due
from apps.certificates.services.seal_files import put_in_place
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.seal_register import SealKeyOutOfUse
from apps.core import clock
from apps.core.actor import Actor, ActorKind, SeatGrant
from apps.documents.services import read_file
from apps.people.services import link_user
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.verification.services import verdict_on_pdf
from tests.factories import certificates as factory
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
HOME, NATIONAL = factory.ZHEJIANG.code, factory.NATIONAL.code


def officer(role: str, **changes) -> Actor:
    said = {"user_id": uuid4().int % 10**6, "person_id": uuid4(), "second_factor": True}
    return Actor(ActorKind.USER, str(role), seats=(SeatGrant(NATIONAL, role),), **said | changes)


SECURITY, ADMINISTRATOR = officer(Role.SECURITY), officer(Role.ADMINISTRATOR)
BOTH = (SECURITY, ADMINISTRATOR)
OPERATOR = Actor.system("test")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Keys of this test alone: it changes them."""
    settings.SEALS_DIR = tmp_path / "seals"
    factory.seal_keys()
    return settings.SEALS_DIR


def rotate(folder, code=HOME, name=factory.ZHEJIANG.name, *, now=NOW):
    make_next_specimen_key(folder, code, name, now=now - timedelta(days=1))
    return rotation.rotate_seal_key(code, by=BOTH, now=now)


def ticking(moment: datetime):
    """A clock that goes on by itself, so that a stretch of work comes to its end."""
    moments = (moment + timedelta(seconds=second) for second in range(10**6))
    return lambda: next(moments)


def active(code=HOME) -> str:
    return RegisteredSealKey.objects.get(association=code, state=SealKeyState.ACTIVE).key_id


def test_certificate_enters_its_keys_and_records_their_use():
    certificate = factory.make_certificate(now=NOW)
    row = Sealing.objects.get(sha256=certificate.sha256)
    assert row.keys == [active(HOME), active(NATIONAL)]
    used = Record.objects.get(action="seal_key.used")
    assert used.after["documents"] == [certificate.sha256]
    assert used.after["purpose"] == "certificate"
    assert sorted(used.after["keys"]) == sorted(row.keys)
    assert Record.objects.filter(action="seal_key.registered").count() == 2


def test_after_a_rotation_new_ones_have_the_new_key_and_old_ones_stay_valid(folder):
    old = factory.make_certificate(now=NOW)
    before = active()
    entry = rotate(folder, now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    new = factory.make_certificate(name="李小明", now=later)
    assert check_pdf(read_file(new.file), now=later).seals[0].key_id == entry.key_id == active()
    assert RegisteredSealKey.objects.get(key_id=before).state == SealKeyState.RETIRED
    for certificate in (old, new):
        assert verdict_on_pdf(read_file(certificate.file), now=later).word == VerdictWord.VALID
    assert issue_certificate(old.membership_id, now=later).pk == old.pk
    assert {path.name for path in (folder / "retired").iterdir()} == {
        f"{HOME}-{before[:16]}.p12",
        f"{HOME}-{before[:16]}.pass",
    }
    assert (folder / f"{HOME}.pass").read_bytes().count(b"\n") == 0
    assert Record.objects.get(action="seal_key.retired").after["with"] == ADMINISTRATOR.label


def test_old_certificate_outlives_the_certificate_of_its_key(folder):
    certificate = factory.make_certificate(now=NOW)
    content, later = read_file(certificate.file), NOW + timedelta(days=365 * 15)
    assert not check_pdf(content, now=later).is_trusted
    assert check_pdf(content, now=later, sealed_at=certificate.issued_at).is_trusted
    assert verdict_on_pdf(content, now=later).word == VerdictWord.VALID


@pytest.mark.parametrize("seam", ["seal_rotation.put_in_place", "seal_files._keep_old", "seal_files._move_next"])
def test_rotation_killed_midway_and_repeated_comes_to_its_end(folder, monkeypatch, seam):
    factory.make_certificate(now=NOW)
    make_next_specimen_key(folder, HOME, factory.ZHEJIANG.name, now=NOW - timedelta(days=1))

    def die(*args, **kwargs):
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(f"apps.certificates.services.{seam}", die)
        with pytest.raises(SystemExit):
            rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    with pytest.raises(SealKeyOutOfUse):
        factory.make_certificate(name="李小明", now=NOW)
    entry = rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    assert seal_key(HOME).key_id == entry.key_id == active()
    assert RegisteredSealKey.objects.filter(association=HOME).count() == 2


def test_rotation_killed_when_only_the_passphrase_is_left_comes_to_its_end(folder, monkeypatch):
    factory.make_certificate(now=NOW)
    make_next_specimen_key(folder, HOME, factory.ZHEJIANG.name, now=NOW - timedelta(days=1))
    replace = Path.replace

    def die_at_the_passphrase(self, target):
        if self.name == f"{HOME}.next.pass":
            raise SystemExit("killed")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", die_at_the_passphrase)
        with pytest.raises(SystemExit):
            rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    factory.make_certificate(name="李小明", now=NOW)  # the new key opens meanwhile
    rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    assert not list(folder.glob("*.next.*"))
    assert seal_key(HOME).key_id == active()


def test_reader_in_the_midst_of_a_change_finds_a_key(folder, monkeypatch):
    """Between each two steps of the change somebody seals."""
    make_next_specimen_key(folder, HOME, factory.ZHEJIANG.name, now=NOW - timedelta(days=1))
    replace, found = Path.replace, set()

    def look_and_replace(self, target):
        found.add(seal_key(HOME).key_id)
        moved = replace(self, target)
        found.add(seal_key(HOME).key_id)
        return moved

    monkeypatch.setattr(Path, "replace", look_and_replace)
    put_in_place(folder, HOME, old_key_id=seal_key(HOME).key_id)
    assert len(found) == 2


def test_key_that_was_laid_over_the_old_one_seals_nothing_until_it_is_entered(folder):
    factory.make_certificate(now=NOW)
    make_next_specimen_key(folder, HOME, factory.ZHEJIANG.name, now=NOW - timedelta(days=1))
    put_in_place(folder, HOME, old_key_id=active())
    with pytest.raises(SealKeyOutOfUse, match="rotate_seal_key"):
        factory.make_certificate(name="李小明", now=NOW)
    rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    factory.make_certificate(name="李小明", now=NOW)


def test_new_files_are_read_by_whoever_read_the_old_ones(folder):
    factory.make_certificate(now=NOW)
    for ending in ("p12", "pass"):
        (folder / f"{HOME}.{ending}").chmod(0o440)
    rotate(folder)
    assert [(folder / f"{HOME}.{ending}").stat().st_mode & 0o777 for ending in ("p12", "pass")] == [0o440, 0o440]


def test_rotation_without_a_new_key_changes_nothing(folder):
    factory.make_certificate(now=NOW)
    with pytest.raises(rotation.NoNewSealKey, match=r"330000\.next\.p12"):
        rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)


def test_key_of_a_stranger_or_out_of_its_time_is_not_taken(folder, settings, tmp_path):
    factory.make_certificate(now=NOW)
    strange = tmp_path / "strange"
    settings.SEALS_DIR = strange
    factory.seal_keys()
    make_next_specimen_key(strange, HOME, factory.ZHEJIANG.name, now=NOW)
    settings.SEALS_DIR = folder
    for ending in ("p12", "pass"):
        (strange / f"{HOME}.next.{ending}").replace(folder / f"{HOME}.next.{ending}")
    with pytest.raises(rotation.UnfitSealKey):
        rotation.rotate_seal_key(HOME, by=BOTH, now=NOW)
    with pytest.raises(rotation.UnfitSealKey):
        rotation.rotate_seal_key(HOME, by=BOTH, now=NOW + timedelta(days=365 * 30))
    assert RegisteredSealKey.objects.get(association=HOME).state == SealKeyState.ACTIVE


@pytest.mark.parametrize(
    "by",
    [
        (SECURITY, SECURITY),
        (SECURITY, officer(Role.ADMINISTRATOR, person_id=SECURITY.person_id)),
        (SECURITY, officer(Role.ADMINISTRATOR, second_factor=False)),
        (SECURITY, officer(Role.AUDITOR)),
        (SECURITY, officer(Role.ADMINISTRATOR, person_id=None)),
    ],
)
def test_it_takes_two_persons(folder, by):
    key_id = seal_key(HOME).key_id
    factory.make_certificate(now=NOW)
    with pytest.raises(rotation.TwoPersonsNeeded):
        rotation.rotate_seal_key(HOME, by=by, now=NOW)
    with pytest.raises(rotation.TwoPersonsNeeded):
        rotation.mark_compromised(key_id, since=NOW, by=by, now=NOW)


@pytest.fixture
def certificates_are_stamped():
    Rule.objects.filter(key="seal.stamped").update(value=["certificate", "letter"])
    forget_rules()
    yield
    forget_rules()


def word(certificate, now) -> VerdictWord:
    return verdict_on_pdf(read_file(certificate.file), now=now).word


def test_compromise_from_end_to_end(folder, certificates_are_stamped, settings, client):
    """One stamped before, one stamped after, one never stamped: the first stays, the others are made anew."""
    stamped = factory.make_certificate(now=NOW)
    late = factory.make_certificate(name="李小明", now=NOW + timedelta(hours=2))
    settings.STAMP_URL = ""
    bare = factory.make_certificate(name="张伟", now=NOW)
    settings.STAMP_URL = "specimen"
    leaked, later = active(), NOW + timedelta(hours=3)
    rotation.mark_compromised(leaked, since=NOW + timedelta(hours=1), by=BOTH, now=later)
    assert [word(one, later) for one in (stamped, late, bare)] == ["valid", "reissue", "reissue"]
    with pytest.raises(SealKeyOutOfUse):
        factory.make_certificate(name="陈静", now=later)

    rotate(folder, now=later)
    run = start_run(actor=OPERATOR, scope="seal_key", target=leaked, reason="泄露", now=later)
    assert run.total == 2
    work_on_runs(clock=ticking(later))
    run.refresh_from_db()
    assert (progress_of(run).issued, progress_of(run).failed) == (2, 0)
    assert [word(one, later) for one in (stamped, late, bare)] == ["valid", "superseded", "superseded"]
    for old in (late, bare):
        old.refresh_from_db()
        assert old.superseded_by.state == CertificateState.ISSUED
        assert word(old.superseded_by, later) == VerdictWord.VALID
        assert leaked not in Sealing.objects.get(sha256=old.superseded_by.sha256).keys
    again = start_run(actor=OPERATOR, scope="seal_key", target=leaked, reason="泄露", now=later + timedelta(hours=1))
    assert again.total == 0

    published = client.get("/verify/keys.json").json()
    states = {key["key_id"]: (key["state"], key["compromised_since"]) for key in published["seal_keys"]}
    assert states[leaked][0] == "compromised"
    assert states[active()] == ("active", None)
    assert all("PRIVATE" not in key["certificates"] for key in published["seal_keys"])
    assert published["roots"]["seals"][0].startswith("-----BEGIN CERTIFICATE")
    recorded = Record.objects.get(action="seal_key.compromised")
    assert (recorded.actor_label, recorded.after["with"]) == (SECURITY.label, ADMINISTRATOR.label)


def test_stamp_that_was_added_later_but_before_the_compromise_speaks_for_the_seals(certificates_are_stamped, settings):
    settings.STAMP_URL = ""
    certificate = factory.make_certificate(now=NOW)
    settings.STAMP_URL = "specimen"
    repair_due(clock=lambda: NOW + timedelta(hours=1))
    rotation.mark_compromised(active(), since=NOW + timedelta(hours=2), by=BOTH, now=NOW + timedelta(hours=3))
    assert untrusted_since(certificate.sha256) is None


def test_run_waits_for_the_new_key_and_no_member_is_listed_as_failed(folder):
    for name in ("李小明", "张伟"):
        factory.make_certificate(name=name, now=NOW)
    leaked = active()
    rotation.mark_compromised(leaked, since=NOW, by=BOTH, now=NOW)
    run = start_run(actor=OPERATOR, scope="seal_key", target=leaked, reason="泄露", now=NOW)
    work_on_runs(clock=ticking(NOW))
    assert (progress_of(run).issued, progress_of(run).failed) == (0, 0)
    assert Certificate.objects.filter(state=CertificateState.ISSUED).count() == 2
    rotate(folder)
    work_on_runs(clock=ticking(NOW + timedelta(hours=1)))
    run.refresh_from_db()
    assert (progress_of(run).issued, progress_of(run).failed) == (2, 0)


def test_compromise_cannot_lie_in_the_future_and_is_marked_once():
    factory.make_certificate(now=NOW)
    with pytest.raises(rotation.CompromiseInFuture):
        rotation.mark_compromised(active(), since=NOW + timedelta(minutes=1), by=BOTH, now=NOW)
    key_id = active()
    rotation.mark_compromised(key_id, since=NOW, by=BOTH, now=NOW)
    with pytest.raises(Exception, match="已经由他人办理"):
        rotation.mark_compromised(key_id, since=NOW, by=BOTH, now=NOW)


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"state": "retired"}, IntegrityError),
        ({"state": "compromised", "retired_at": NOW}, IntegrityError),
        ({"certificate": "another"}, InternalError),
        ({"key_id": "0" * 64}, InternalError),
    ],
)
def test_database_refuses_what_can_never_be(columns, refusal):
    factory.make_certificate(now=NOW)
    with pytest.raises(refusal), transaction.atomic():
        RegisteredSealKey.objects.update(**columns)


def staff(role: str, email: str, name: str):
    user = create_staff_account(email=email, display_name=email, password="a long passphrase 4711", now=NOW)
    grant_seat(
        actor=Actor.system("test"),
        user_id=user.pk,
        association_code=NATIONAL,
        role=role,
        from_on=clock.today(),
        now=NOW,
    )
    link_user(user_id=user.pk, person_id=make_person(name).pk, now=NOW)
    enrol_totp(user, now=NOW)
    return user


def run(command: str, *arguments) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_operator_plays_the_drill_at_the_command_line(folder):
    people = [
        staff(Role.SECURITY, "security@example.org", "石坚"),
        staff(Role.ADMINISTRATOR, "administrator@example.org", "程安"),
    ]

    def persons():
        from django.core.cache import cache

        cache.clear()  # a code counts once; here the drill is quicker than the clock of an authenticator
        codes = [present_totp_code(user, now=clock.now()) for user in people]
        return ["--by", people[0].email, "--with", people[1].email, "--codes", *codes]

    certificate = factory.make_certificate(now=NOW)
    first = active()
    assert "seals with" in run("rotate_seal_key", HOME, *persons())
    second = active()
    assert second != first
    since = (clock.now() - timedelta(minutes=1)).isoformat()
    assert "is marked: 1 documents" in run("seal_key_compromised", first[:10], "--since", since, *persons())
    assert "1 of 1, 1 issued" in run("issue_again", "seal_key", first, "--reason", "drill", "--work")
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.SUPERSEDED
    listed = run("seal_keys")
    assert f"{HOME} {first[:16]} compromised" in listed
    assert f"{HOME} {second[:16]} active" in listed
    assert listed.count("certificate ends") == 3
    with pytest.raises(CommandError, match="present code"):
        run("rotate_seal_key", HOME, *persons()[:-2], "000000", "000000")
    with pytest.raises(CommandError, match="eight"):
        run("seal_key_compromised", first[:4], "--since", since, *persons())
    with pytest.raises(CommandError, match="2026-11-20"):
        run("seal_key_compromised", second[:10], "--since", "yesterday", *persons())
