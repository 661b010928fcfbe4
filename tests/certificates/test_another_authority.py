"""Seals and stamps of an authority that is not of our making: keys, chain, CRLs and stamps as an operator gets them."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from apps.certificates.enums import SealLevel
from apps.certificates.models import Sealing
from apps.certificates.services import check_pdf, seal_document, stamping
from apps.certificates.services.page import render_certificate, seal_boxes
from apps.certificates.services.seal_keys import trust_roots
from tests.factories import certificates as factory
from tests.support.authority import Authority
from tests.support.stamp_service import stamp_service

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(microsecond=0)
EXPIRES = NOW + timedelta(days=30)
BODIES = [factory.ZHEJIANG, factory.NATIONAL]


@pytest.fixture
def authority(settings, tmp_path):
    theirs = Authority(tmp_path, [(body.code, body.name) for body in BODIES], seals_until=EXPIRES)
    settings.SEALS_DIR = tmp_path / "seals"
    theirs.deliver(settings.SEALS_DIR, now=NOW)
    stamping.forget_failures()
    with stamp_service() as service:
        service.clock, service.authority = (lambda: NOW), (lambda request: theirs.stamp(request, now=NOW))
        settings.STAMP_URL = service.url
        yield theirs
    stamping.forget_failures()


def test_letter_reaches_the_highest_level_and_outlives_the_seals_certificates(authority):
    """Judged when they have long expired, from the file alone, every certificate's revocation being asked for."""
    page = render_certificate(factory.statement(), factory.portrait(), BODIES, specimen=False)
    places = [(body.code, box) for body, box in zip(BODIES, seal_boxes(2), strict=True)]
    content = seal_document(page, places, purpose="letter", reason="签章", now=NOW)
    row = Sealing.objects.get()
    assert (row.level, row.problem) == (SealLevel.ARCHIVED, "")
    later = EXPIRES + timedelta(days=200)
    check = check_pdf(content, now=later)
    assert check.is_intact
    assert check.is_trusted
    assert check.stamped_at == NOW.isoformat()
    for seal in PdfFileReader(BytesIO(content)).embedded_regular_signatures[-1:]:
        found = asyncio.run(ades_lta_validation(seal, policy(authority, later), moment(later)))
        assert found.ades_subindic == AdESPassed.OK


def policy(authority, later) -> PdfSignatureValidationSpec:
    """By ETSI EN 319 102-1 as the library reads it, offline; of today's lists it needs the one over the stamps."""
    certificates = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots()),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    gathering = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    known = LocalKnowledge(known_crls=[CRLContainer(authority.crl("root", now=later))])
    return PdfSignatureValidationSpec(SignatureValidationSpec(certificates, gathering, local_knowledge=known))


def moment(later) -> ValidationTimingInfo:
    return ValidationTimingInfo(later, later, point_in_time_validation=True)
