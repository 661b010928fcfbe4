"""Several cases, each in its own transaction: one that fails stops no other, and every one gets its answer."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from apps.applicants.models import Application
from apps.applicants.selectors.repeats import is_own_repeat
from apps.core.actor import Actor
from apps.core.errors import PortalError, TransitionRefused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ItemResult:
    """What became of one item."""

    reference: str
    succeeded: bool
    message: str = ""


def one_by_one(items: Iterable[tuple[object, int]], act: Callable, *, actor: Actor, action: str) -> list[ItemResult]:
    """`act(application_id, version)` for each (id, version). What the same officer has just done counts as done."""
    return [_one(application_id, version, act, actor, action) for application_id, version in items]


def _one(application_id, version: int, act: Callable, actor: Actor, action: str) -> ItemResult:
    reference = Application.objects.values_list("reference", flat=True).get(pk=application_id)
    try:
        act(application_id, version)
    except TransitionRefused as error:
        if is_own_repeat(application_id, version, actor=actor, action=action):
            return ItemResult(reference, True)
        return ItemResult(reference, False, _sentence(error))
    except PortalError as error:
        return ItemResult(reference, False, _sentence(error))
    except Exception:
        logger.exception("%s of %s", action, reference)
        sentence = gettext("这一件没有完成，情况已经记录。请稍后重试，或联系系统管理员。")
        return ItemResult(reference, False, sentence)
    return ItemResult(reference, True)


def _sentence(error: PortalError) -> str:
    return " ".join(str(line) for line in getattr(error, "missing", [])) or str(error)
