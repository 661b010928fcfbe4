"""Stamps are renewed before the certificates behind them end: of documents as a revision, of batches as a ring."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pyhanko.pdf_utils.reader import PdfFileReader

from apps.audit.models import Record
from apps.certificates.enums import Document, SealLevel
from apps.certificates.models import EarlierUpgrade, Sealing, SharedStamp
from apps.certificates.selectors import evidence_of, original_sha256, stamps_to_renew
from apps.certificates.selectors.shared_stamps import shared_stamp_time
from apps.certificates.services import check_pdf, latest_file, seal_document, stamping
from apps.certificates.services.renewing import renew_due
from apps.certificates.services.repairing import repair_due
from apps.certificates.services.seal_register import record_seal_use
from apps.certificates.services.shared_stamps import share_stamps
from apps.documents.services import read_file, store_file
from apps.rules.models import Rule
from apps.rules.selectors import forget_rules
from tests.certificates.test_shared_stamps import blank_page, sha256, third_party
from tests.factories import certificates as factory
from tests.support.authority import STAMPERS, Authority
from tests.support.stamp_service import stamp_service

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
FIRST_END, SECOND_END = NOW + 200 * DAY, NOW + 500 * DAY
BODIES = [factory.ZHEJIANG, factory.NATIONAL]


class Years:
    """An authority whose stamping certificates end one after the other, and the day on which we are."""

    def __init__(self, authority, service):
        self.authority, self.service, self.now, self.by = authority, service, NOW, STAMPERS[0]
        service.authority = lambda request: authority.stamp(request, now=self.now, by=self.by)

    def go_to(self, now, by=STAMPERS[0]):
        """The CRLs are fresh, as an operator keeps them."""
        self.now, self.by = now, by
        stamping.forget_failures()
        for name in ("root", "issuing"):
            (Path(django_settings.SEALS_DIR) / f"{name}.crl").write_bytes(self.authority.crl(name, now=now).dump())

    def clock(self):
        return self.now


@pytest.fixture
def years(settings, tmp_path):
    theirs = Authority(
        tmp_path,
        [(body.code, body.name) for body in BODIES],
        seals_until=NOW + 30 * DAY,
        stamps_until=(FIRST_END, SECOND_END),
    )
    settings.SEALS_DIR = tmp_path / "seals"
    theirs.deliver(settings.SEALS_DIR, now=NOW)
    with stamp_service() as service:
        settings.STAMP_URL = service.url
        passing = Years(theirs, service)
        passing.go_to(NOW)
        yield passing
    stamping.forget_failures()
    forget_rules()


@pytest.fixture
def letter(years):
    places = [(body.code, (0, 0, 99, 99)) for body in BODIES]
    content = seal_document(blank_page(), places, purpose=Document.LETTER, reason="", now=NOW)
    return store_file(content=content, media_type="application/pdf", purpose="letter", now=NOW)


def stamps_in(content: bytes) -> int:
    return len(PdfFileReader(BytesIO(content)).embedded_timestamp_signatures)


def test_letter_is_stamped_again_in_time_and_again(years, letter):
    """Sealed for 30 days, stamped for 200, then for 500, then for long: and good in the end, by its file alone."""
    original = read_file(letter)
    assert Sealing.objects.get().stamp_ends_at == FIRST_END
    years.go_to(FIRST_END - 91 * DAY, STAMPERS[1])
    assert renew_due(clock=years.clock) == 0
    years.go_to(FIRST_END - 89 * DAY, STAMPERS[1])
    assert renew_due(clock=years.clock) == 1
    assert renew_due(clock=years.clock) == repair_due(clock=years.clock) == 0
    first = read_file(latest_file(letter))
    row = Sealing.objects.get()
    assert (row.stamp_ends_at, row.level, row.stamped_at) == (SECOND_END, SealLevel.ARCHIVED, NOW)
    assert first.startswith(original)
    assert stamps_in(first) == 2

    years.go_to(SECOND_END - 10 * DAY, STAMPERS[2])
    assert renew_due(clock=years.clock) == 1
    second = read_file(latest_file(letter))
    assert second.startswith(first)
    assert [original_sha256(sha256(file)) for file in (original, first, second)] == [letter.sha256] * 3
    assert original_sha256(sha256(second + b"\n")) == sha256(second + b"\n")
    assert EarlierUpgrade.objects.get().sha256 == sha256(first)
    assert Record.objects.filter(action="sealing.renewed").count() == 2

    later = SECOND_END + 1000 * DAY
    renewed = check_pdf(second, now=later)
    assert renewed.is_intact
    assert renewed.is_trusted
    assert renewed.stamped_at == NOW.isoformat()
    assert not check_pdf(first, now=later).stamped_at
    assert not check_pdf(original, now=later).is_trusted
    assert not check_pdf(second[:-20] + second[-20:].swapcase(), now=later).is_intact


def test_rule_says_how_long_before(years, letter):
    Rule.objects.filter(key="seal.renew_days").update(value=150)
    forget_rules()
    years.go_to(FIRST_END - 149 * DAY, STAMPERS[1])
    assert renew_due(clock=years.clock) == 1


def test_stamp_that_would_end_no_later_is_no_renewal(years, letter):
    """The authority still stamps with the old certificate: nothing is added again and again."""
    years.go_to(FIRST_END - 50 * DAY)
    assert renew_due(clock=years.clock) == 0
    row = Sealing.objects.get()
    assert "still stamps" in row.problem
    assert stamps_to_renew(now=years.now) == {"documents": 1, "batches": 0, "problem": row.problem}
    assert row.due_at == years.now + timedelta(hours=12)
    assert latest_file(letter) == letter
    asked = years.service.asked
    assert renew_due(clock=years.clock) == 0
    assert years.service.asked == asked
    years.go_to(row.due_at, STAMPERS[1])
    assert renew_due(clock=years.clock) == 1


@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_it_keeps_a_renewal_leaves_one(years, letter, monkeypatch):
    def die(*args, **kwargs):
        raise SystemExit("killed")

    years.go_to(FIRST_END - 10 * DAY, STAMPERS[1])
    with monkeypatch.context() as patched:
        patched.setattr("apps.certificates.services.renewing.record", die)
        with pytest.raises(SystemExit):
            renew_due(clock=years.clock)
    assert renew_due(clock=years.clock) == 0
    years.go_to(years.now + timedelta(minutes=6), STAMPERS[1])
    assert renew_due(clock=years.clock) == 1
    assert stamps_in(read_file(latest_file(letter))) == 2


def test_service_that_is_away_puts_a_renewal_off(years, letter):
    years.go_to(FIRST_END - 10 * DAY, STAMPERS[1])
    years.service.mood = "refuses"
    assert renew_due(clock=years.clock) == 0
    assert latest_file(letter) == letter
    years.service.mood = "well"
    years.go_to(years.now + timedelta(hours=13), STAMPERS[1])
    assert renew_due(clock=years.clock) == 1


def test_shared_stamp_gets_a_ring_over_the_earlier_ones(years, tmp_path):
    from tests.factories.certificates import unsealed

    made = [f"document {number}".encode() for number in range(3)]
    record_seal_use([unsealed(content, now=NOW) for content in made], purpose="certificate", now=NOW)
    years.go_to(NOW + timedelta(minutes=11))
    assert share_stamps(clock=years.clock) == 1
    stamped_at = years.now
    (tmp_path / "file.pdf").write_bytes(made[1])
    document, bare = sha256(made[1]), evidence_of(sha256(made[1]))
    years.go_to(FIRST_END - 91 * DAY, STAMPERS[1])
    assert share_stamps(clock=years.clock) == 0
    years.go_to(FIRST_END - 20 * DAY)
    assert share_stamps(clock=years.clock) == 0  # with the old certificate still
    assert "still stamps" in SharedStamp.objects.get().problem
    years.go_to(FIRST_END - 10 * DAY, STAMPERS[1])
    assert share_stamps(clock=years.clock) == 1
    years.go_to(SECOND_END - 10 * DAY, STAMPERS[2])
    assert share_stamps(clock=years.clock) == 1
    assert share_stamps(clock=years.clock) == 0
    shared = SharedStamp.objects.get()
    assert (shared.stamped_at, shared.rings.count(), shared.problem) == (stamped_at, 3, "")
    assert shared_stamp_time(document) == stamped_at
    assert Record.objects.filter(action="shared_stamp.renewed").count() == 2

    evidence, later = evidence_of(document), SECOND_END + 1000 * DAY
    code, said = third_party(tmp_path, evidence, at=later)
    assert (code, said.split()[-1]) == (0, stamped_at.isoformat())
    assert third_party(tmp_path, bare, at=later)[0] == 3
    rings = evidence["stamps"]
    for false in (rings[:2], rings[1:], [rings[1], rings[0], rings[2]], [rings[0], rings[2]]):
        assert third_party(tmp_path, evidence | {"stamps": false}, at=later)[0] == 3
