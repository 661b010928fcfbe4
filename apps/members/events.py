"""What the register tells the floors above. Payloads carry ids and the case code, no personal data."""

ADMITTED = "membership.admitted"
"""{"membership_id", "person_id", "case"}"""

ENDED = "membership.ended"
"""{"membership_id", "person_id", "case"}"""

RESTORED = "membership.restored"
"""{"membership_id", "person_id", "case"}: the conversion that had ended it was undone; it never ended."""

VOIDED = "membership.voided"
"""{"membership_id", "person_id", "case"}: an admission was undone; it never was one."""

MOVED = "membership.moved"
"""{"membership_id", "person_id", "case"}: it belongs to another association."""
