"""Keep, rename and forget an officer's own views. They hold no case, only an address."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.applicants.models import SavedView
from apps.applicants.selectors.desk_view import read_view
from apps.applicants.selectors.saved_views import MOST
from apps.core.actor import Actor
from apps.core.errors import RequirementsMissing

SAME_NAME = _("您已有一个同名的视图，请换一个名称，例如“本周到期”。")


def save_view(*, actor: Actor, name: str, query: str, now: datetime) -> SavedView:
    """Keep a view under a name of one's own. What the query says wrongly is left out."""
    if SavedView.objects.filter(user_id=actor.user_id).count() >= MOST:
        raise RequirementsMissing([_("最多保存 %(most)s 个视图，请先删除一个。") % {"most": MOST}])
    view = SavedView(user_id=actor.user_id, name=_read_name(name), query=read_view(query).query, created_at=now)
    _store(view)
    return view


def rename_view(*, actor: Actor, view_id, name: str) -> SavedView:
    view = _own(actor, view_id)
    view.name = _read_name(name)
    _store(view)
    return view


def delete_view(*, actor: Actor, view_id) -> None:
    """A repeated call finds nothing, which is what was wanted."""
    SavedView.objects.filter(user_id=actor.user_id, pk=view_id).delete()


def _own(actor: Actor, view_id) -> SavedView:
    view = SavedView.objects.filter(user_id=actor.user_id, pk=view_id).first()
    if view is None:
        raise RequirementsMissing([_("这个视图已经删除。")])
    return view


def _read_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 40:
        raise RequirementsMissing([_("请给视图起一个 40 字以内的名称，例如“本周到期”。")])
    return name


def _store(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        if "one_view_of_a_name" not in str(error):
            raise
        raise RequirementsMissing([SAME_NAME]) from error
