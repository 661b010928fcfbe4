"""Reading certificates, codes, and what anybody may learn of them."""

from apps.certificates.selectors.certificates import (
    certificate_by_code,
    certificate_by_sha256,
    certificates_of_membership,
    certificates_of_user,
    first_issued_at,
    is_certificate_in_the_making,
    memberships_with_revoked_tokens,
)
from apps.certificates.selectors.codes import grouped_code, is_code, normalise_code
from apps.certificates.selectors.figures import count_of_valid_certificates
from apps.certificates.selectors.published_keys import published_keys
from apps.certificates.selectors.seals import (
    original_sha256,
    registered_seal_keys,
    seal_trust,
    seals_below_their_level,
    untrusted_since,
)
from apps.certificates.selectors.shared_stamps import (
    evidence_of,
    shared_stamp_time,
    shared_stamps_waiting,
    stamps_to_renew,
)
from apps.certificates.selectors.token_keys import token_keys
from apps.certificates.selectors.verdicts import (
    Line,
    Shown,
    Verdict,
    register_line,
    stamp_line,
    standing_on,
    verdict_for_certificate,
    verdict_for_code,
    verdict_for_file,
    verdict_for_member,
    verdict_for_membership,
)

__all__ = [
    "Line",
    "Shown",
    "Verdict",
    "certificate_by_code",
    "certificate_by_sha256",
    "certificates_of_membership",
    "certificates_of_user",
    "count_of_valid_certificates",
    "evidence_of",
    "first_issued_at",
    "grouped_code",
    "is_certificate_in_the_making",
    "is_code",
    "memberships_with_revoked_tokens",
    "normalise_code",
    "original_sha256",
    "published_keys",
    "register_line",
    "registered_seal_keys",
    "seal_trust",
    "seals_below_their_level",
    "shared_stamp_time",
    "shared_stamps_waiting",
    "stamp_line",
    "stamps_to_renew",
    "standing_on",
    "token_keys",
    "untrusted_since",
    "verdict_for_certificate",
    "verdict_for_code",
    "verdict_for_file",
    "verdict_for_member",
    "verdict_for_membership",
]
