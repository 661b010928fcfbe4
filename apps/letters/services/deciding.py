"""Two officers of the national body decide: one proposes, another agrees. Which letter it is follows from the facts."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.core.actor import Actor
from apps.core.clock import civil_date
from apps.core.errors import refuse_if
from apps.letters import events
from apps.letters.enums import Action, Outcome
from apps.letters.models import Letter
from apps.letters.policies import can_approve, can_decide, can_propose, can_refuse
from apps.letters.selectors.statement import Statement, outcome_of, standing_for, statement_of
from apps.letters.services.glyphs import unprintable
from apps.letters.services.steps import finish_step, open_letter, take_step
from apps.rules.selectors import reasons, rule_value
from apps.standing.selectors import GoodStanding


@transaction.atomic
def propose_letter(*, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    """The first officer has looked at the facts of today and proposes the letter that they allow."""
    letter = open_letter(actor, letter_id, version, can_propose)
    take_step(letter, Action.PROPOSE, actor=actor, now=now)
    standing = standing_for(letter, now=now)
    refuse_if(missing_for_letter(letter, standing, now=now))
    letter.outcome, letter.reason_code, letter.note = outcome_of(standing), "", None
    _sign_first(letter, actor, now=now)
    return finish_step(letter, events.PROPOSED, actor=actor, now=now, after={"outcome": letter.outcome})


@transaction.atomic
def propose_refusal(
    *, actor: Actor, letter_id, version: int, reason_code: str, note: str = "", now: datetime
) -> Letter:
    """The first officer proposes to issue nothing, with a reason of the catalogue. The member hears of it only once
    another officer has agreed."""
    letter = open_letter(actor, letter_id, version, can_propose)
    take_step(letter, Action.PROPOSE, actor=actor, now=now)
    refuse_if(missing_in_reason(reason_code, today=civil_date(now)))
    letter.outcome, letter.reason_code, letter.note = Outcome.REFUSAL, reason_code, note.strip() or None
    _sign_first(letter, actor, now=now)
    after = {"outcome": letter.outcome, "reason_code": reason_code}
    return finish_step(letter, events.PROPOSED, actor=actor, now=now, after=after, note=note.strip())


@transaction.atomic
def disagree_with_proposal(*, actor: Actor, letter_id, version: int, why: str, now: datetime) -> Letter:
    """The second officer is not convinced: the first looks again. The clock goes on."""
    letter = open_letter(actor, letter_id, version, can_decide)
    take_step(letter, Action.DISAGREE, actor=actor, now=now)
    refuse_if([] if why.strip() else [_("请写明原因，例如：惩戒记录已更新，请重新核对。")])
    letter.outcome, letter.reason_code, letter.note = "", "", why.strip()
    letter.proposed_at = letter.proposed_by = letter.proposed_by_person = None
    return finish_step(letter, events.DISAGREED, actor=actor, now=now, note=why.strip())


@transaction.atomic
def approve_letter(*, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    """The second officer agrees: what the letter says is frozen with the facts of this moment, and a worker makes it.

    Raises RequirementsMissing where the facts have become others than those that the first officer saw.
    """
    letter = open_letter(actor, letter_id, version, can_approve)
    take_step(letter, Action.APPROVE, actor=actor, now=now)
    standing = standing_for(letter, now=now)
    refuse_if(_moved(letter, standing) or missing_for_letter(letter, standing, now=now))
    _freeze(letter, statement_of(letter, standing, now=now))
    _sign_second(letter, actor, now=now)
    after = {"outcome": letter.outcome, "statement": letter.statement_sha256}
    return finish_step(letter, events.APPROVED, actor=actor, now=now, after=after)


@transaction.atomic
def refuse_letter(*, actor: Actor, letter_id, version: int, now: datetime) -> Letter:
    """The second officer agrees that nothing is issued; the member is told the reason."""
    letter = open_letter(actor, letter_id, version, can_refuse)
    take_step(letter, Action.REFUSE, actor=actor, now=now)
    _sign_second(letter, actor, now=now)
    return finish_step(letter, events.REFUSED, actor=actor, now=now, after={"reason_code": letter.reason_code})


def missing_for_letter(letter: Letter, standing: GoodStanding, *, now: datetime) -> list:
    """What stands in the way of any letter; the page shows the same list."""
    missing = []
    if not standing.is_member:
        missing.append(_("会员资格今天无效，不能出具证明。请按目录中的理由不予出具。"))
    elif not standing.holds and not rule_value("letter.status_letter", on=civil_date(now)):
        missing.append(_("不符合良好存续的条件，按规则不出具情况证明。请按目录中的理由不予出具。"))
    if rare := unprintable("".join(statement_of(letter, standing, now=now).texts())):
        named = "、".join(f"{character} (U+{ord(character):04X})" for character in rare)
        missing.append(
            _("没有字体能显示 %(characters)s。请先让运行人员安装含有该字的字体，再办理。") % {"characters": named}
        )
    return missing


def missing_in_reason(reason_code: str, *, today: date) -> list:
    known = {reason.code for reason in reasons("letter", on=today)}
    return [] if reason_code in known else [_("请从目录中选择一项理由。")]


def _moved(letter: Letter, standing: GoodStanding) -> list:
    if letter.outcome == outcome_of(standing):
        return []
    return [_("经办以后，会员的情况有了变化，与提出的意见不符。请退回经办人重新核对。")]


def _freeze(letter: Letter, statement: Statement) -> None:
    letter.code, letter.statement, letter.statement_sha256 = statement.code, statement.as_json(), statement.sha256()
    letter.valid_until = date.fromisoformat(statement.valid_until)


def _sign_first(letter: Letter, actor: Actor, *, now: datetime) -> None:
    letter.proposed_at = now
    letter.proposed_by_id, letter.proposed_by_person_id = actor.user_id, actor.person_id


def _sign_second(letter: Letter, actor: Actor, *, now: datetime) -> None:
    letter.decided_at = now
    letter.decided_by_id, letter.decided_by_person_id = actor.user_id, actor.person_id
