"""What is told of persons. Payloads carry ids, no personal data."""

RELATION_DECLARED = "relation.declared"
"""{"officer_person_id"}"""
