"""Every decision derived again from what it kept: the same facts and the rules of then must give the same lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from tink import TinkError

from apps.applicants.enums import Action
from apps.applicants.models import Decision
from apps.applicants.selectors.case_facts import facts_from_json
from apps.applicants.selectors.derivation import derived_as_of_then
from apps.applicants.selectors.lines import Outcome
from apps.core.errors import DataKeyDestroyed
from apps.rules.selectors import UnknownRule

CHUNK = 500
WORDS = "sentence"


@dataclass(frozen=True)
class Replayed:
    """`differences` say what came out otherwise; `reworded` that only sentences did; `erased` that nothing is left."""

    decision: Decision
    differences: tuple[str, ...] = ()
    reworded: bool = False
    erased: bool = False


def replay(decisions=None) -> Iterator[Replayed]:
    """One decision after another, in the order of their making; a chunk of them in memory at a time."""
    rows = Decision.objects.all() if decisions is None else decisions
    for decision in rows.select_related("data_key", "application").order_by("id").iterator(chunk_size=CHUNK):
        yield replay_decision(decision)


def replay_decision(decision: Decision) -> Replayed:
    try:
        kept, act = decision.derivation, decision.inputs["act"]
        lines = derived_as_of_then(facts_from_json(decision.inputs["facts"]), decision.rules)
    except DataKeyDestroyed:
        return Replayed(decision, erased=True)
    except TinkError:
        return Replayed(decision, ("the sealed facts or lines cannot be opened: they were altered",))
    except UnknownRule as error:
        return Replayed(decision, (f"a rule is missing: {error}",))
    except (KeyError, TypeError, ValueError) as error:
        return Replayed(decision, (f"the kept facts cannot be read: {type(error).__name__}: {error}",))
    differences = (*_differing_lines(kept, lines), *_differing_act(decision.action, act, kept))
    reworded = not differences and any(a[WORDS] != b[WORDS] for a, b in zip(kept, lines, strict=True))
    return Replayed(decision, differences, reworded)


def _differing_lines(kept: list[dict], lines: list[dict]) -> list[str]:
    before, after = [_bare(line) for line in kept], [_bare(line) for line in lines]
    gone = [f"was: {_words(line)}" for line in before if line not in after]
    new = [f"now: {_words(line)}" for line in after if line not in before]
    if before != after and not gone + new:
        return ["the lines stand in another order or number"]
    return gone + new


def _differing_act(action: str, act: dict, lines: list[dict]) -> list[str]:
    """An agreement needs no line that fails, and a person's look at each that asks for one."""
    if action != Action.AGREE:
        return []
    unseen = [
        line["key"]
        for line in lines
        if line["outcome"] == Outcome.FAIL
        or (line["outcome"] == Outcome.PERSON and line["key"] not in act.get("confirmed", []))
    ]
    return [f"agreed although {key} did not allow it" for key in unseen]


def _bare(line: dict) -> dict:
    """Without its words, which a later version of the portal may say better."""
    return {name: text for name, text in line.items() if name != WORDS}


def _words(line: dict) -> str:
    return f"{line.get('key')} {line.get('outcome')} [{line.get('clause')}]"
