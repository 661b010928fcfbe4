"""Asking for CRL and OCSP: what comes is embedded, what does not come costs a level; an upload never asks anybody."""

import time
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import crl, ocsp
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.certificates.enums import Document, SealLevel, VerdictWord
from apps.certificates.models import Sealing
from apps.certificates.selectors import original_sha256
from apps.certificates.services import check_pdf, latest_file, seal_document, stamping
from apps.certificates.services.repairing import repair_due
from apps.documents.services import read_file, store_file
from apps.verification.services import verdict_on_pdf
from tests.certificates.test_shared_stamps import blank_page, sha256
from tests.factories import certificates as factory
from tests.support.authority import Authority
from tests.support.revocation_service import revocation_service
from tests.support.stamp_service import stamp_service

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
BODIES = [factory.ZHEJIANG, factory.NATIONAL]
REVOKED_AT = NOW - timedelta(days=2)


@pytest.fixture
def revoked():
    return {}


@pytest.fixture
def service(settings, tmp_path, revoked):
    """Its keys and its roots, but no list beside them: those are to be asked for."""
    with revocation_service() as running, stamp_service() as stamps:
        running.now = NOW
        running.authority = theirs = Authority(
            tmp_path,
            [(body.code, body.name) for body in BODIES],
            seals_until=NOW + timedelta(days=30),
            served_at=running.url,
            revoked=revoked,
        )
        settings.SEALS_DIR = tmp_path / "seals"
        theirs.deliver(settings.SEALS_DIR, now=NOW)
        for path in settings.SEALS_DIR.glob("*.crl"):
            path.unlink()
        stamps.authority = lambda request: theirs.stamp(request, now=NOW)
        settings.STAMP_URL = stamps.url
        settings.SEALS_FETCH_REVOCATION, settings.SEALS_FETCH_SECONDS = True, 20
        stamping.forget_failures()
        yield running
    stamping.forget_failures()


def sealed() -> bytes:
    places = [(body.code, (0, 0, 99, 99)) for body in BODIES]
    return seal_document(blank_page(), places, purpose=Document.LETTER, reason="", now=NOW)


def embedded(content: bytes, kind: str) -> list[bytes]:
    store = PdfFileReader(BytesIO(content)).root["/DSS"]
    return [item.get_object().data for item in store.get(kind, [])]


def test_answers_of_responder_and_lists_are_embedded(service):
    content = sealed()
    assert Sealing.objects.get().level == SealLevel.ARCHIVED
    responses = [ocsp.OCSPResponse.load(der) for der in embedded(content, "/OCSPs")]
    told = [each.response_data["responses"][0]["cert_status"].name for each in responses]
    assert told == ["good", "good"]
    lists = [crl.CertificateList.load(der) for der in embedded(content, "/CRLs")]
    assert {one.issuer.native["common_name"] for one in lists} >= {"root"}
    assert all(path.startswith("/theirs/") for path in service.asked)
    assert len(service.asked) <= 6
    check = check_pdf(content, now=NOW)
    assert check.is_intact
    assert check.is_trusted


@pytest.mark.parametrize("mood", ["refuses", "drips", "floods", "sends elsewhere"])
def test_responder_in_a_bad_mood_costs_a_level_that_the_job_repairs(service, settings, mood):
    service.mood = mood
    settings.SEALS_FETCH_SECONDS, patience = 0.6, settings.SEALS_FETCH_SECONDS
    begun = time.monotonic()
    content = sealed()
    assert time.monotonic() - begun < 9
    settings.SEALS_FETCH_SECONDS = patience
    row = Sealing.objects.get()
    assert (row.level, row.wanted) == (SealLevel.STAMPED, SealLevel.ARCHIVED)
    assert "no valid CRL or OCSP answer" in row.problem
    assert "/elsewhere" not in service.asked
    assert service.sent < 10 * 1024**2
    check = check_pdf(content, now=NOW)
    assert check.is_intact
    assert check.is_trusted

    file = store_file(content=content, media_type="application/pdf", purpose="letter", now=NOW)
    asked, due_at = len(service.asked), row.due_at
    assert repair_due(clock=lambda: due_at) == 0  # nobody asks again so soon
    assert len(service.asked) == asked
    service.mood = "well"
    stamping.forget_failures()
    row.refresh_from_db()
    assert repair_due(clock=lambda: NOW + timedelta(minutes=4)) == 0
    Sealing.objects.update(due_at=NOW)
    assert repair_due(clock=lambda: NOW) == 1
    row.refresh_from_db()
    assert (row.level, row.problem, row.due_at) == (SealLevel.ARCHIVED, "", None)
    upgrade = read_file(latest_file(file))
    assert embedded(upgrade, "/OCSPs")
    assert check_pdf(upgrade, now=NOW).is_intact


def test_stamp_waits_for_no_responder(service, settings):
    """Both were away; the stamp is what counts after a compromise, so it comes first, and the rest when it can."""
    service.mood, url, settings.STAMP_URL = "refuses", settings.STAMP_URL, ""
    file = store_file(content=sealed(), media_type="application/pdf", purpose="letter", now=NOW)
    settings.STAMP_URL = url
    Sealing.objects.update(due_at=NOW)
    assert repair_due(clock=lambda: NOW) == 1
    row, first = Sealing.objects.get(), read_file(latest_file(file))
    assert (row.level, row.stamped_at) == (SealLevel.STAMPED, NOW)
    assert row.due_at > NOW
    assert "no valid CRL or OCSP answer" in row.problem
    service.mood = "well"
    stamping.forget_failures()
    Sealing.objects.update(due_at=NOW)
    assert repair_due(clock=lambda: NOW) == 1
    second = read_file(latest_file(file))
    row.refresh_from_db()
    assert (row.level, row.due_at, row.problem) == (SealLevel.ARCHIVED, None, "")
    assert second.startswith(first)
    assert check_pdf(second, now=NOW).is_trusted
    assert [original_sha256(sha256(content)) for content in (first, second)] == [file.sha256] * 2


@pytest.mark.parametrize("revoked", [{factory.ZHEJIANG.code: REVOKED_AT}])
def test_revoked_seal_certificate_is_said_so(service):
    store_file(content=sealed(), media_type="application/pdf", purpose="letter", now=NOW)
    row = Sealing.objects.get()
    assert row.level == SealLevel.STAMPED
    assert row.problem.startswith(f"revoked since {REVOKED_AT:%Y-%m-%d %H:%M} UTC")
    Sealing.objects.update(due_at=NOW, problem="")
    repair_due(clock=lambda: NOW)
    row.refresh_from_db()
    assert row.problem.startswith("revoked since")
    assert row.due_at > NOW


def test_list_that_the_operator_keeps_serves_without_asking(service, settings):
    running = service.authority
    for name in ("root", "issuing"):
        (settings.SEALS_DIR / f"{name}.crl").write_bytes(running.crl(name, now=NOW).dump())
    settings.SEALS_FETCH_REVOCATION = False
    sealed()
    assert Sealing.objects.get().level == SealLevel.ARCHIVED
    assert service.asked == []


def test_without_list_and_without_asking_the_level_is_not_claimed(service, settings):
    settings.SEALS_FETCH_REVOCATION = False
    content = sealed()
    assert Sealing.objects.get().level == SealLevel.STAMPED
    assert "/DSS" not in PdfFileReader(BytesIO(content)).root


def test_upload_of_a_stranger_asks_nobody(service, settings):
    """Its certificates name addresses at which we would hear it; even where fetching is allowed for our own files."""
    content = sealed()
    strange = content + b"\n"
    service.asked.clear()
    for file in (strange, content, content[: len(content) // 2]):
        assert verdict_on_pdf(file, now=NOW).word != VerdictWord.VALID
    settings.SEALS_DIR = settings.SEALS_DIR / "others"
    factory.seal_keys()
    assert verdict_on_pdf(content, now=NOW).word == VerdictWord.UNKNOWN_SIGNER
    check_pdf(content, now=NOW)
    assert service.asked == []
