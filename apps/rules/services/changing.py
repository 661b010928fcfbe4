"""A new value of a rule from a day on. What held before stays in its row: applications of its days keep it."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Permission
from apps.accounts.policies import has_permission
from apps.audit.services import record
from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import NotPermitted, PortalError, RequirementsMissing, TransitionRefused, refuse_if
from apps.outbox.services import enqueue
from apps.rules.enums import Check, Local
from apps.rules.events import RULE_CHANGED
from apps.rules.models import Rule
from apps.rules.registry import ValueRefused, rule_kind
from apps.rules.selectors import RuleVersion, forget_rules
from apps.rules.selectors.history import marks_of, rows_in_force, values_beyond
from apps.rules.selectors.rule_cases import MOST_CASES, failing_cases

ONE_DAY = timedelta(days=1)


class RuleRefused(PortalError):
    code = "rule_refused"
    message = _("这条规则没有改动。")


@dataclass(frozen=True)
class RuleChange:
    """`association` is a code, or empty for all. `why` must be said where `in_force_from` lies in the past."""

    key: str
    value: Any
    in_force_from: date
    association: str = ""
    clause_zh: str = ""
    clause_en: str = ""
    test_cases: list = field(default_factory=list)
    why: str = ""

    def as_version(self) -> RuleVersion:
        """As the rules would answer if it were saved; it ends where the next row begins."""
        covering, following = rows_in_force(self.key, self.association, self.in_force_from)
        return RuleVersion(
            self.key,
            self.value,
            self.in_force_from,
            _last_day(covering, following),
            self.association,
            self.clause_zh,
            self.clause_en,
        )


@transaction.atomic
def change_rule(*, actor: Actor, change: RuleChange, seen: str | None = None, now: datetime) -> Rule:
    """Write the new row and close the one before it, so that each day has one value. `seen` is the history's mark.

    Raises RequirementsMissing with a sentence each; TransitionRefused where somebody has changed the rule meanwhile.
    """
    _lock(change.key)
    if not (actor.is_system or has_permission(actor, Permission.MANAGE_RULES)):
        raise NotPermitted
    _refuse_stale(change.key, seen)
    refuse_if(missing_in_change(change, today=civil_date(now)))
    covering, following = rows_in_force(change.key, change.association, change.in_force_from)
    ends = _last_day(covering, following)
    _close(covering, change.in_force_from, now)
    values = asdict(change) | {"association_id": change.association or None, "in_force_to": ends}
    values.pop("association")
    row = Rule.objects.create(**values, recorded_at=now, recorded_by_label=actor.label)
    before = None if covering is None else {"value": covering.value, "in_force_from": str(covering.in_force_from)}
    after = {"value": row.value, "in_force_from": str(row.in_force_from), "association": change.association}
    _announce(actor, row, before, after | {"why": change.why}, now=now)
    return row


@transaction.atomic
def end_local_rule(*, actor: Actor, key: str, association: str, from_day: date, why: str, now: datetime) -> None:
    """From that day on the association follows everybody's value again."""
    _lock(key)
    if not has_permission(actor, Permission.MANAGE_RULES):
        raise NotPermitted
    if from_day < civil_date(now):
        raise RequirementsMissing([_("只能从今天或以后的日期起取消单独规定。")])
    covering, _following = rows_in_force(key, association, from_day)
    if not association or covering is None:
        raise TransitionRefused(_("这家协会在这一天没有单独的规定。请刷新页面查看最新情况。"))
    _close(covering, from_day, now)
    later = Rule.objects.filter(key=key, association_key=association, superseded_at=None, in_force_from__gte=from_day)
    later.update(superseded_at=now)
    before = {"value": covering.value, "in_force_from": str(covering.in_force_from)}
    after = {"ended_from": str(from_day), "association": association, "why": why}
    _announce(actor, covering, before, after, now=now)


def missing_in_change(change: RuleChange, *, today: date) -> list:
    """What stands in the way, a sentence each; the page shows it, the service refuses by it."""
    kind = rule_kind(change.key)
    try:
        kind.value.check(change.value)
    except ValueRefused as error:
        return [str(error)]
    return [
        *_missing_in_dates(change, today),
        *_missing_in_scope(change, kind),
        *_missing_in_words(change),
        *_missing_in_cases(change, kind),
    ]


def _missing_in_dates(change: RuleChange, today: date) -> list:
    if change.in_force_from < today and not change.why.strip():
        return [_("生效日期在今天以前，会影响已经提交的申请。请写明理由，例如所依据的文件。")]
    return []


def _missing_in_scope(change: RuleChange, kind) -> list:
    if change.association and not kind.may_be_local:
        return [_("这条规则全国统一，协会不能另定。")]
    covering, _following = rows_in_force(change.key, change.association, change.in_force_from)
    if covering is not None and _says_the_same(covering, change):
        return [_("这一天的取值、依据和测试用例已经如此，没有改动。")]
    if kind.local == Local.SHORTER and (beyond := values_beyond(change)):
        return [
            _("依法只能更短：%(whose)s的取值是 %(value)s。请先改小，或改用更短的期限。")
            % {"whose": whose, "value": kind.value.words(value)}
            for whose, value in beyond
        ]
    return []


def _missing_in_words(change: RuleChange) -> list:
    if bool(change.clause_zh.strip()) != bool(change.clause_en.strip()):
        return [_("依据条款请用中文和英文各写一次，例如《非执业会员登记办法》第四条 / Registration Measures, Art. 4。")]
    return []


def _missing_in_cases(change: RuleChange, kind) -> list:
    if not change.test_cases and kind.check != Check.VALUE:
        return [_("请至少写一个测试用例，例如期限最后一天的情形。")]
    if len(change.test_cases) > MOST_CASES:
        return [_("测试用例最多 %(most)s 个。") % {"most": MOST_CASES}]
    return failing_cases(kind, change.value, change.test_cases)


def _says_the_same(row: Rule, change: RuleChange) -> bool:
    names = ("value", "clause_zh", "clause_en", "test_cases")
    return all(getattr(row, name) == getattr(change, name) for name in names)


def _lock(key: str) -> None:
    """One change of a rule at a time: everybody's rows are always there to meet at."""
    list(Rule.objects.select_for_update(of=("self",)).filter(key=key).order_by("id"))


def _refuse_stale(key: str, seen: str | None) -> None:
    if seen is not None and seen != marks_of(key):
        raise TransitionRefused(_("您打开页面以后，这条规则已由他人改动。请核对下面的最新内容后重新保存。"))


def _close(row: Rule | None, from_day: date, now: datetime) -> None:
    if row is None:
        return
    if row.in_force_from == from_day:
        row.superseded_at = now
    else:
        row.in_force_to = from_day - ONE_DAY
    row.save(update_fields=["superseded_at", "in_force_to"])


def _last_day(covering: Rule | None, following: Rule | None) -> date | None:
    if covering is not None:
        return covering.in_force_to
    return following.in_force_from - ONE_DAY if following else None


def _announce(actor: Actor, row: Rule, before: dict | None, after: dict, *, now: datetime) -> None:
    forget_rules()
    transaction.on_commit(forget_rules)
    record(actor, RULE_CHANGED, row, now=now, before=before, after={"key": row.key, **after})
    payload = {"key": row.key, "association": row.association_key or "", "in_force_from": str(row.in_force_from)}
    enqueue(RULE_CHANGED, payload, now=now)
