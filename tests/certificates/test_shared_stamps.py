"""One stamp for a batch: made later, once, with a path for each document that a third party can walk alone."""

import ast
import base64
import copy
import hashlib
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pikepdf
import pytest
from django.conf import settings as django_settings
from django.db import InternalError, NotSupportedError, connection, transaction

from apps.audit.models import Record
from apps.certificates.enums import Document
from apps.certificates.models import Sealing, SharedStamp, StampLeaf, StampRing
from apps.certificates.selectors import evidence_of, seal_trust, shared_stamps_waiting
from apps.certificates.selectors.seals import sealed_without_word
from apps.certificates.selectors.shared_stamps import shared_stamp_time, stamped_text, told_by
from apps.certificates.services import (
    seal_document,
    seal_rotation,
    shared_stamps,
    stamping,
    start_run,
    work_on_runs,
)
from apps.certificates.services.seal_keys import seal_key
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.shared_stamps import close_batch, share_stamps
from apps.documents.services import read_file
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.verification.services import verdict_on_pdf
from tests.certificates.test_seal_keys_drill import BOTH, OPERATOR, run, ticking
from tests.factories import certificates as factory
from tests.support.stamp_service import stamp_service

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
SOON = NOW + timedelta(minutes=11)
HOUR = timedelta(hours=1)
PROGRAM = Path(django_settings.BASE_DIR) / "verify" / "cicpa_stamp.py"


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.SEALS_DIR = tmp_path / "seals"
    factory.seal_keys()
    stamping.forget_failures()
    yield
    stamping.forget_failures()
    forget_rules()


def clock(moment=SOON):
    return lambda: moment


def put_rule(key: str, value) -> None:
    Rule.objects.filter(key=key).update(value=value)
    forget_rules()


def documents(count: int, *, now=NOW, purpose=Document.CERTIFICATE) -> list[bytes]:
    """Sealed in name only: here a document is its hash."""
    made = [f"document {number}".encode() for number in range(count)]
    record_seal_use([factory.unsealed(content, now=now) for content in made], purpose=purpose, now=now)
    return made


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_documents_of_a_batch_share_one_stamp_and_each_has_its_path():
    made = documents(5)
    assert shared_stamps_waiting()["documents"] == 5
    assert share_stamps(clock=clock()) == 1
    shared, ring = SharedStamp.objects.get(), StampRing.objects.get()
    assert (shared.size, shared.stamped_at, shared.due_at, ring.number) == (5, SOON, None, 1)
    assert [shared_stamp_time(sha256(content)) for content in made] == [SOON] * 5
    assert Record.objects.filter(action="shared_stamp.set").count() == 1
    assert share_stamps(clock=clock()) == 0
    assert shared_stamps_waiting() == {"documents": 0, "batches": 0, "oldest": None, "problem": ""}


def test_batch_is_closed_when_the_oldest_has_waited_or_the_batch_is_full(monkeypatch):
    documents(3)
    assert close_batch(now=NOW + timedelta(minutes=9)) is None
    put_rule("seal.shared_minutes", 5)
    assert close_batch(now=NOW + timedelta(minutes=5)).size == 3
    monkeypatch.setattr(shared_stamps, "LARGEST", 2)
    record_seal_use([factory.unsealed(b"%d" % n, now=NOW) for n in range(5)], purpose="certificate", now=NOW)
    assert [close_batch(now=NOW).size for _turn in range(2)] == [2, 2]
    assert close_batch(now=NOW) is None


@pytest.mark.parametrize(
    ("own", "shared", "waits"), [([], [], 0), ([], ["letter"], 1), (["letter"], ["letter"], 0), (["letter"], [], 0)]
)
def test_rule_says_of_each_class_none_own_or_shared(own, shared, waits):
    put_rule("seal.stamped", own)
    put_rule("seal.shared", shared)
    put_rule("seal.level", "t")
    seal_document(blank_page(), [(factory.NATIONAL.code, (0, 0, 99, 99))], purpose=Document.LETTER, reason="", now=NOW)
    row = Sealing.objects.get()
    assert (row.shares_stamp, row.stamped_at is not None) == (bool(waits), bool(own))


def blank_page() -> bytes:
    out, pdf = BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def test_documents_of_before_the_rule_can_be_enlisted_once():
    put_rule("seal.shared", [])
    documents(3)
    put_rule("seal.shared", ["certificate"])
    assert shared_stamps_waiting()["documents"] == 0
    assert "3 documents" in run("share_stamps")
    assert "3 documents wait for a batch, 0 batches" in run("seal_keys")
    share_stamps(clock=clock())
    assert "0 documents" in run("share_stamps")
    assert StampLeaf.objects.count() == 3


@pytest.mark.parametrize("mood", ["refuses", "talks nonsense", "stamps something else"])
def test_service_that_is_away_is_asked_again_later(settings, mood):
    documents(3)
    with stamp_service() as service:
        settings.STAMP_URL, service.mood = service.url, mood
        service.clock = clock()
        assert share_stamps(clock=clock()) == 0
        waiting = shared_stamps_waiting()
        assert (waiting["documents"], waiting["batches"]) == (0, 1)
        assert waiting["problem"]
        assert shared_stamp_time(sha256(b"document 0")) is None
        service.mood = "well"
        stamping.forget_failures()
        assert share_stamps(clock=clock()) == 0  # not at once again
        later = SharedStamp.objects.get().due_at
        service.clock = clock(later)
        assert share_stamps(clock=clock(later)) == 1
    assert shared_stamp_time(sha256(b"document 0")) == later


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seam", ["StampLeaf.objects.bulk_create", "record"])
def test_worker_killed_anywhere_and_repeated_leaves_one_batch_and_one_stamp(monkeypatch, seam):
    def die(*args, **kwargs):
        raise SystemExit("killed")

    documents(3)
    with monkeypatch.context() as patched:
        patched.setattr(f"apps.certificates.services.shared_stamps.{seam}", die)
        with pytest.raises(SystemExit):
            share_stamps(clock=clock())
    assert not StampRing.objects.exists()
    share_stamps(clock=clock(SOON + timedelta(minutes=6)))
    assert (SharedStamp.objects.count(), StampRing.objects.count(), StampLeaf.objects.count()) == (1, 1, 3)


def test_two_workers_that_ask_at_once_keep_one_ring(monkeypatch):
    """The claim of the first is over before its stamp comes: the second has kept one meanwhile."""
    documents(2)
    shared, keep = close_batch(now=SOON), shared_stamps._keep

    def second_comes_first(*args, **kwargs):
        keep(*args, **kwargs)
        keep(*args, **kwargs)

    monkeypatch.setattr(shared_stamps, "_keep", second_comes_first)
    assert shared_stamps._add_ring(shared, now=SOON)
    assert StampRing.objects.count() == Record.objects.filter(action="shared_stamp.set").count() == 1


def test_certificate_with_shared_stamp_from_before_a_compromise_stays_valid_and_says_why(client):
    before = factory.make_certificate(now=NOW)
    share_stamps(clock=clock())
    after = factory.make_certificate(name="李小明", now=NOW + 2 * HOUR)
    share_stamps(clock=clock(NOW + 3 * HOUR))
    bare = factory.make_certificate(name="张伟", now=NOW + 3 * HOUR)
    leaked, later = seal_key(factory.ZHEJIANG.code).key_id, NOW + 4 * HOUR
    seal_rotation.mark_compromised(leaked, since=NOW + HOUR, by=BOTH, now=later)
    verdicts = [verdict_on_pdf(read_file(one.file), now=later) for one in (before, after, bare)]
    assert [verdict.word for verdict in verdicts] == ["valid", "reissue", "reissue"]
    assert any("时间戳证明" in line.text for line in verdicts[0].lines)
    assert not any("时间戳证明" in line.text for line in verdicts[1].lines)
    assert seal_trust(before.sha256).kept_by == SOON
    assert {row.sha256 for row in sealed_without_word(leaked)} == {after.sha256, bare.sha256}
    answer = client.get(f"/verify/evidence/{before.sha256}.json")
    assert answer.json() == evidence_of(before.sha256)
    assert before.statement["name"] not in answer.content.decode()
    assert [verdict.evidence for verdict in verdicts] == [before.sha256, after.sha256, ""]
    assert client.get(f"/verify/evidence/{bare.sha256}.json").status_code == 404
    assert client.get("/verify/evidence/rubbish.json").status_code == 404


def test_row_that_does_not_lead_to_the_stamped_root_proves_nothing(monkeypatch):
    """Somebody who can write into the database, triggers off, still makes no proof."""
    made = documents(4)
    share_stamps(clock=clock())
    leaves = {leaf.position: leaf for leaf in StampLeaf.objects.select_related("sealing", "shared")}
    for change in ({"position": 1}, {"siblings": leaves[1].siblings}, {"siblings": b""}):
        forged = copy.copy(leaves[0])
        for name, value in change.items():
            setattr(forged, name, value)
        with monkeypatch.context() as patched:
            patched.setattr("apps.certificates.selectors.shared_stamps._leaf", lambda _sha256, leaf=forged: leaf)
            assert shared_stamp_time(sha256(made[0])) is None
    for rubbish in (b"", b"rubbish", b"0\x00", bytes(StampRing.objects.get().token)[:-9]):
        assert told_by(rubbish) is None
    leaves[0].shared.stamped_at -= HOUR
    monkeypatch.setattr("apps.certificates.selectors.shared_stamps._leaf", lambda _sha256: leaves[0])
    assert shared_stamp_time(sha256(made[0])) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda: StampLeaf.objects.update(position=5),
        lambda: StampRing.objects.update(stamped_at=NOW),
        lambda: StampRing.objects.all().delete(),
        lambda: SharedStamp.objects.update(root="0" * 64),
    ],
)
def test_database_refuses_to_change_leaf_ring_and_root(change):
    documents(2)
    share_stamps(clock=clock())
    with pytest.raises((InternalError, NotSupportedError)), transaction.atomic():
        change()


@pytest.fixture
def held(settings, tmp_path):
    """What a third party holds: a file, its evidence, and roots for time stamps."""
    made = documents(5)
    share_stamps(clock=clock())
    (tmp_path / "file.pdf").write_bytes(made[2])
    evidence = evidence_of(sha256(made[2]))
    return tmp_path, evidence


def third_party(folder: Path, evidence, *, at=SOON + HOUR) -> tuple[int, str]:
    (folder / "evidence.json").write_text(evidence if isinstance(evidence, str) else json.dumps(evidence))
    names = [folder / "file.pdf", folder / "evidence.json", Path(django_settings.SEALS_DIR) / "roots.pem"]
    command = [sys.executable, "-I", PROGRAM, *names, "--at", at.isoformat()]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode, done.stdout + done.stderr


def test_third_party_checks_the_evidence_without_us(held):
    folder, evidence = held
    code, said = third_party(folder, evidence)
    assert (code, said.split()) == (0, ["EXISTED", "at:", SOON.isoformat()])
    (folder / "file.pdf").write_bytes(b"another document")
    assert third_party(folder, evidence)[0] == 3


def forgeries(evidence: dict):
    swapped = evidence["siblings"][::-1]
    for change in (
        {"position": 3},
        {"position": evidence["position"] + 8, "size": 13},
        {"size": 6},
        {"siblings": swapped},
        {"siblings": evidence["siblings"][:-1]},
        {"siblings": [*evidence["siblings"], "0" * 64]},
        {"size": 1, "position": 0, "siblings": []},
        {"stamps": []},
    ):
        yield 3, evidence | change
    yield 4, evidence | {"format": 2}
    yield 4, evidence | {"siblings": ["rubbish"]}
    yield 4, "<html>"


def test_third_party_takes_no_forgery(held):
    folder, evidence = held
    for expected, forged in forgeries(evidence):
        assert third_party(folder, forged)[0] == expected, forged


def test_third_party_takes_no_stamp_of_strangers_or_of_the_future(held, settings, tmp_path):
    folder, evidence = held
    assert third_party(folder, evidence, at=SOON - HOUR)[0] == 3
    settings.SEALS_DIR = tmp_path / "strange"
    factory.seal_keys()
    assert third_party(folder, evidence)[0] == 3


def test_evidence_can_be_checked_with_two_commands_of_openssl_alone(held):
    """As the readme shows it: what is stamped is 61 bytes."""
    folder, evidence = held
    token = folder / "stamp.der"
    token.write_bytes(base64.b64decode(evidence["stamps"][0]["token"]))
    (folder / "stamped.bin").write_bytes(stamped_text(bytes.fromhex(evidence["root"]), evidence["size"]))
    roots = str(Path(django_settings.SEALS_DIR) / "roots.pem")
    command = ["openssl", "ts", "-verify", "-data", "stamped.bin", "-in", "stamp.der", "-token_in", "-CAfile", roots]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_program_needs_the_standard_library_and_openssl():
    nodes = [node for node in ast.walk(ast.parse(PROGRAM.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {getattr(node, "module", None) or node.names[0].name for node in nodes}
    assert {module.split(".")[0] for module in modules} <= set(sys.stdlib_module_names)


def test_large_batch_is_closed_in_little_time():
    """4,096 documents; measured at 0.15 to 0.45 s of the processor."""
    documents(4096)
    begun = time.process_time()
    assert close_batch(now=NOW).size == 4096
    assert time.process_time() - begun < 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_document_into_one_batch(monkeypatch):
    """Both stand at the same line with their documents locked; neither waits for the other."""
    monkeypatch.setattr(shared_stamps, "LARGEST", 2)
    documents(4)
    both, built = Barrier(2, timeout=10), shared_stamps.merkle_tree

    def meet(entries):
        both.wait()
        return built(entries)

    monkeypatch.setattr(shared_stamps, "merkle_tree", meet)
    with ThreadPoolExecutor(2) as workers:
        closed = list(workers.map(lambda _turn: _close_and_leave(), range(2)))
    assert closed == [2, 2]
    assert StampLeaf.objects.count() == 4
    assert not Sealing.objects.filter(shares_stamp=True).exists()


def _close_and_leave() -> int:
    try:
        return close_batch(now=SOON).size
    finally:
        connection.close()


def test_certificates_of_a_run_wait_for_a_batch():
    certificate = factory.make_certificate(now=NOW)
    share_stamps(clock=clock())
    start_run(actor=OPERATOR, scope="kind", target="non_practising", reason="换版", now=SOON)
    work_on_runs(clock=ticking(SOON))
    certificate.refresh_from_db()
    renewed = certificate.superseded_by.sha256
    assert Sealing.objects.get(sha256=renewed).shares_stamp
    share_stamps(clock=clock(SOON + HOUR))
    assert [shared_stamp_time(one) for one in (certificate.sha256, renewed)] == [SOON, SOON + HOUR]
