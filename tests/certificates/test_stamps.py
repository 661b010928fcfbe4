"""Time stamps: by rule, checked before they count, and never worth a seal."""

import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.audit.models import Record
from apps.certificates.enums import Document, SealLevel, VerdictWord
from apps.certificates.models import Sealing
from apps.certificates.selectors import seals_below_their_level
from apps.certificates.services import check_pdf, latest_file, seal_document, stamping
from apps.certificates.services.page import render_certificate, seal_boxes
from apps.certificates.services.repairing import repair_due
from apps.documents.services import read_file, store_file
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from apps.verification.services import verdict_on_pdf
from tests.factories import certificates as factory
from tests.support.stamp_service import stamp_service

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
BODIES = [factory.ZHEJIANG, factory.NATIONAL]


@pytest.fixture(scope="module")
def page() -> bytes:
    return render_certificate(factory.statement(), factory.portrait(), BODIES, specimen=True)


@pytest.fixture(autouse=True)
def _fresh():
    factory.seal_keys()
    stamping.forget_failures()
    yield
    stamping.forget_failures()
    forget_rules()


@pytest.fixture
def service(settings):
    with stamp_service() as running:
        settings.STAMP_URL, settings.STAMP_SECONDS = running.url, 0.4
        yield running


def put_rule(key: str, value) -> None:
    Rule.objects.filter(key=key).update(value=value)
    forget_rules()


def sealed(page: bytes, *, purpose=Document.LETTER, now=NOW) -> bytes:
    places = [(body.code, box) for body, box in zip(BODIES, seal_boxes(2), strict=True)]
    return seal_document(page, places, purpose=purpose, reason="签章", now=now)


def levels(content: bytes) -> tuple[int, int, bool]:
    """Seals with a stamp of their own, stamps over the document, and whether validation data is there."""
    reader = PdfFileReader(BytesIO(content))
    stamped = [seal for seal in reader.embedded_regular_signatures if seal.signer_info["unsigned_attrs"].native]
    return len(stamped), len(reader.embedded_timestamp_signatures), "/DSS" in reader.root


def clock(moment=NOW):
    return lambda: moment


@pytest.mark.parametrize(
    ("level", "expected"),
    [("t", (1, 0, False)), ("lt", (1, 0, True)), ("lta", (1, 1, True))],
)
def test_letter_gets_the_level_of_the_rule(page, level, expected):
    put_rule("seal.level", level)
    content = sealed(page)
    assert levels(content) == expected
    row = Sealing.objects.get()
    assert (row.level, row.wanted, row.stamped_at, row.due_at) == (level, level, NOW, None)
    check = check_pdf(content, now=NOW)
    assert check.is_trusted
    assert all(seal.intact for seal in check.seals)
    assert check.whole_file == (level != "lt")


def test_certificate_gets_none_unless_the_rule_says_so(page):
    assert levels(sealed(page, purpose=Document.CERTIFICATE)) == (0, 0, False)
    put_rule("seal.stamped", ["certificate", "letter"])
    assert levels(sealed(page, purpose=Document.CERTIFICATE)) == (1, 1, True)


def test_stamped_file_stays_sound_for_independent_readers(page, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(sealed(page))
    if shutil.which("qpdf"):
        assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    if shutil.which("pdfsig"):
        report = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
        assert report.count("Signature is Valid") == 2
        assert "Total document signed" in report


def test_stamps_field_may_stand_in_a_pdf_a(page):
    """It has an appearance, if an empty one, no extent, and would print: nothing that PDF/A forbids."""
    with pikepdf.open(BytesIO(sealed(page))) as pdf:
        (stamp,) = [field for field in pdf.Root.AcroForm.Fields if "Stamp" in str(field.get("/T"))]
        assert stamp.AP.N.Subtype == "/Form"
        assert stamp.AP.N.read_bytes() == b""
        assert [float(edge) for edge in stamp.Rect] == [0, 0, 0, 0]
        assert int(stamp.F) & 4
        assert not int(stamp.F) & (1 | 2 | 32 | 256)
        assert pdf.open_metadata()["pdfaid:part"] == "2"


def test_service_over_the_network_stamps(page, service):
    assert levels(sealed(page)) == (1, 1, True)
    assert service.asked == 2
    assert Sealing.objects.get().level == SealLevel.ARCHIVED


@pytest.mark.parametrize("mood", ["refuses", "talks nonsense", "drips", "stamps something else"])
def test_service_in_a_bad_mood_costs_a_level_and_never_a_seal(page, service, mood):
    service.mood = mood
    begun = time.monotonic()
    content = sealed(page)
    assert time.monotonic() - begun < 3
    assert levels(content) == (0, 0, False)
    check = check_pdf(content, now=NOW)
    assert check.is_intact
    assert check.is_trusted
    row = Sealing.objects.get()
    assert (row.level, row.wanted) == (SealLevel.BASIC, SealLevel.ARCHIVED)
    assert row.due_at > NOW
    assert row.problem
    assert seals_below_their_level() == {"waiting": 1, "oldest": NOW, "problem": row.problem}


def test_stamp_of_strangers_or_of_another_time_is_none(page, service, monkeypatch):
    service.clock = lambda: NOW - timedelta(hours=1)
    sealed(page)
    assert "five minutes" in Sealing.objects.get().problem
    stamping.forget_failures()
    service.clock = lambda: NOW
    monkeypatch.setattr(stamping, "stamp_roots", list)
    assert levels(sealed(page)) == (0, 0, False)


def test_after_a_failure_the_next_document_does_not_wait(page, service):
    service.mood = "refuses"
    sealed(page)
    sealed(page)
    assert service.asked == 1


def test_no_service_at_all_is_a_level_less(page, settings):
    settings.STAMP_URL = ""
    assert levels(sealed(page)) == (0, 0, False)
    assert "no service" in Sealing.objects.get().problem


@pytest.fixture
def level():
    return "lta"


@pytest.fixture
def unstamped(page, settings, level):
    """A stored letter that should have had a stamp."""
    put_rule("seal.level", level)
    settings.STAMP_URL, before = "", settings.STAMP_URL
    content = sealed(page)
    settings.STAMP_URL = before
    return store_file(content=content, media_type="application/pdf", purpose="letter", now=NOW)


@pytest.mark.parametrize(("level", "data"), [("t", False), ("lt", True), ("lta", True)])
def test_missing_stamp_is_added_later_as_a_further_revision(unstamped, level, data):
    later = NOW + timedelta(hours=3)
    assert repair_due(clock=clock(later)) == 1
    upgrade = latest_file(unstamped)
    original, content = read_file(unstamped), read_file(upgrade)
    assert content.startswith(original)
    assert levels(content) == (0, 1, data)
    check = check_pdf(content, now=later)
    assert check.is_intact
    assert check.is_trusted
    row = Sealing.objects.get()
    assert (row.sha256, row.upgraded_sha256) == (unstamped.sha256, upgrade.sha256)
    assert (row.level, row.stamped_at, row.due_at) == (level, later, None)
    assert Record.objects.filter(action="sealing.upgraded").count() == 1
    assert repair_due(clock=clock(later + timedelta(days=1))) == 0


def test_repair_waits_its_time_and_longer_each_time(unstamped, service):
    assert repair_due(clock=clock()) == 0
    service.mood, moment, waits = "refuses", NOW + timedelta(minutes=5), []
    for _turn in range(3):
        stamping.forget_failures()
        assert repair_due(clock=clock(moment)) == 0
        waits.append(Sealing.objects.get().due_at - moment)
        moment += waits[-1]
    assert waits == sorted(waits)
    assert waits[0] < waits[2]
    assert latest_file(unstamped) == unstamped


def test_repair_of_a_document_that_is_not_kept_any_more_ends(page, settings):
    settings.STAMP_URL = ""
    sealed(page)
    settings.STAMP_URL = "specimen"
    repair_due(clock=clock(NOW + timedelta(hours=1)))
    row = Sealing.objects.get()
    assert row.due_at is None
    assert "not kept" in row.problem


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_it_keeps_the_repair_leaves_one_repair_after_a_repeat(unstamped, monkeypatch):
    def die(*args, **kwargs):
        raise SystemExit("killed")

    moment = NOW + timedelta(hours=1)
    with monkeypatch.context() as patched:
        patched.setattr("apps.certificates.services.repairing.record", die)
        with pytest.raises(SystemExit):
            repair_due(clock=clock(moment))
    assert Sealing.objects.get().upgraded_sha256 == ""
    assert repair_due(clock=clock(moment)) == 0
    assert repair_due(clock=clock(moment + timedelta(minutes=6))) == 1
    assert latest_file(unstamped) != unstamped


def test_both_files_of_a_certificate_are_it_and_no_third(settings):
    put_rule("seal.stamped", ["certificate", "letter"])
    settings.STAMP_URL = ""
    certificate = factory.make_certificate(now=NOW)
    settings.STAMP_URL = "specimen"
    repair_due(clock=clock(NOW + timedelta(hours=1)))
    upgrade = latest_file(certificate.file)
    assert upgrade.data_key_id == certificate.data_key_id  # erasing the person erases both
    upgrade = read_file(upgrade)
    later = NOW + timedelta(hours=2)
    assert verdict_on_pdf(read_file(certificate.file), now=later).word == VerdictWord.VALID
    assert verdict_on_pdf(upgrade, now=later).word == VerdictWord.VALID
    for strange in (upgrade + b"\n", upgrade[:-1] + b"\r", upgrade.replace(b"/Type", b"/Typf", 1)):
        assert verdict_on_pdf(strange, now=later).word != VerdictWord.VALID
