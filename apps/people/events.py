"""What is told of persons. Payloads carry ids, no personal data."""

RELATION_DECLARED = "relation.declared"
"""{"officer_person_id"}"""

CHANGED = "person.changed"
"""{"person_id", "fields"}: what a register or a certificate says of the person is now another: name, sex, photo, …"""
