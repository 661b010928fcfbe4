from apps.standing.services.facts import FactEntry, record_fact, record_facts, withdraw_fact
from apps.standing.services.member_records import (
    RecordedAlready,
    RecordEntry,
    end_member_record,
    record_about_member,
    withdraw_member_record,
)

__all__ = [
    "FactEntry",
    "RecordEntry",
    "RecordedAlready",
    "end_member_record",
    "record_about_member",
    "record_fact",
    "record_facts",
    "withdraw_fact",
    "withdraw_member_record",
]
