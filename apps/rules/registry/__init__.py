"""Every rule that the portal knows: what it is called, what its value may be, how far an association may differ."""

from apps.rules.registry.bars import BARS
from apps.rules.registry.desk import DESK
from apps.rules.registry.joining import JOINING
from apps.rules.registry.keeping import KEEPING
from apps.rules.registry.kinds import RuleKind
from apps.rules.registry.letters import LETTERS
from apps.rules.registry.photos import PHOTOS
from apps.rules.registry.practising import PRACTISING
from apps.rules.registry.seals import SEALS
from apps.rules.registry.values import Unit, ValueRefused

KINDS = (*JOINING, *BARS, *PRACTISING, *LETTERS, *DESK, *SEALS, *PHOTOS, *KEEPING)
RULES: dict[str, RuleKind] = {kind.key: kind for kind in KINDS}

__all__ = ["RULES", "RuleKind", "Unit", "ValueRefused", "rule_kind", "rules_of"]


def rule_kind(key: str) -> RuleKind:
    """Raises KeyError for a rule that nobody knows."""
    return RULES[key]


def rules_of(subject: str) -> list[RuleKind]:
    return [kind for kind in RULES.values() if kind.subject == subject]
