"""What evidence tells the floors above. Ids and codes only; no personal data."""

ISSUED = "certificate.issued"
"""{"certificate_id", "membership_id", "person_id", "case"}"""
