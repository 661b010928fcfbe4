"""Recording and withdrawing facts."""

from apps.standing.services.facts import FactEntry, record_fact, record_facts, withdraw_fact

__all__ = ["FactEntry", "record_fact", "record_facts", "withdraw_fact"]
