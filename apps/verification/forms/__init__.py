"""Checking what somebody holds; making a link."""

from apps.verification.forms.checking import MAX_FILE, CodeForm, DayForm, FileForm, MemberForm, PictureForm
from apps.verification.forms.sharing import LinkForm

__all__ = ["MAX_FILE", "CodeForm", "DayForm", "FileForm", "LinkForm", "MemberForm", "PictureForm"]
