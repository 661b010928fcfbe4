"""What happens to the rules: whoever counted with them counts afresh.

`calendar.loaded` carries {"year"}; `rule.changed` {"key", "association", "in_force_from"}.
"""

CALENDAR_LOADED = "calendar.loaded"
RULE_CHANGED = "rule.changed"
