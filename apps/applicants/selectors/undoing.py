"""Undoings: which are asked for, what one would change, and what the person is told of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.accounts.enums import Permission
from apps.accounts.policies import ALL, association_scope
from apps.applicants.enums import UndoState
from apps.applicants.models import Application, Undo
from apps.core.actor import Actor
from apps.members.selectors import converted_from


def undos_visible_to(actor: Actor) -> QuerySet[Undo]:
    """The national body's; nobody's own."""
    if association_scope(actor, Permission.RECHECK_APPLICATION) is not ALL:
        return Undo.objects.none()
    undos = Undo.objects.exclude(application__user_id=actor.user_id)
    if actor.person_id is not None:
        undos = undos.exclude(person_id=actor.person_id)
    return undos.select_related("data_key", "application__data_key", "application__association").order_by("-asked_at")


def open_undo(application: Application) -> Undo | None:
    return _of(application).filter(state=UndoState.ASKED).first()


def latest_undo(application: Application) -> Undo | None:
    """The one that waits, or else the latest that was decided."""
    return _of(application).order_by("-asked_at").first()


def confirmed_undo(application: Application) -> Undo | None:
    """For the person who is told: why, and under which document."""
    return _of(application).filter(state=UndoState.CONFIRMED).first() if application.undone_at else None


def effects_of_undo(application: Application) -> list[str]:
    """What confirming would do, a sentence each."""
    membership = application.membership
    effects = [
        _("会员资格自 %(day)s 起登记为无效，视为从未入会；名册保留此前的记载。")
        % {"day": membership.admitted_on.isoformat()},
        _("会员编号 %(number)s 不再能登录，也永不再给别人。") % {"number": membership.number},
        _("电子会员证查验立即显示“登记已撤销”，本人不能再下载。"),
        _("姓名和协会按批复文号公告为撤销登记。"),
        _("本人会收到理由、事实和申诉途径；可以重新申请。"),
    ]
    if before := converted_from(membership):
        sentence = _("因这次登记而终止的执业会员资格（%(number)s）视为从未终止，登录和电子会员证随之恢复。")
        effects.insert(1, sentence % {"number": before.number})
    return effects


def _of(application: Application) -> QuerySet[Undo]:
    return application.undos.select_related("data_key")
