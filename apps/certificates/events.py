"""What evidence tells the floors above. Ids and codes only; no personal data."""

ISSUED = "certificate.issued"
"""{"certificate_id", "membership_id", "person_id", "case"}"""

ASKED_AGAIN = "certificate.asked_again"
"""{"membership_id"}: try once more to make the certificate."""
