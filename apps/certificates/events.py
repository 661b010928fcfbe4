"""What evidence tells the floors above. Ids and codes only; no personal data."""

ISSUED = "certificate.issued"
"""{"certificate_id", "membership_id", "person_id", "case"}"""

ISSUED_IN_RUN = "certificate.issued_in_run"
"""{"run_id", "certificates"}: of some that a run has issued, what ISSUED says of each. Where members are told."""

ASKED_AGAIN = "certificate.asked_again"
"""{"membership_id"}: try once more to make the certificate."""

SEAL_KEY_COMPROMISED = "seal_key.compromised"
"""{"key_id"}: what it sealed without a stamp from before must be made anew."""
