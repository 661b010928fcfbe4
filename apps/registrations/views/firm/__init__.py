"""Screens of the firm: its list, one case, the pages that the agent fills in, the steps of agent and head."""

from apps.registrations.views.firm.acts import FileView, InviteView, SendBackView, TakeBackView, WithdrawView
from apps.registrations.views.firm.case import CaseView, LetterView, PhotoView
from apps.registrations.views.firm.list import ListView
from apps.registrations.views.firm.pages import PageView

__all__ = [
    "CaseView",
    "FileView",
    "InviteView",
    "LetterView",
    "ListView",
    "PageView",
    "PhotoView",
    "SendBackView",
    "TakeBackView",
    "WithdrawView",
]
