"""The portrait for a certificate, on a page of its own."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.errors import PortalError
from apps.core.page_form import PageForm


class PhotoPageForm(PageForm):
    """`picture` is the JPEG by the rules once the form is valid; `accept` makes it, or raises a PortalError that says
    how to mend the file."""

    accept: Callable
    hint: str
    picture: bytes | None = None

    photo = forms.FileField(
        label=_("照片"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/heic,image/heif"}),
        allow_empty_file=True,
        error_messages={"required": _("请选择一张照片，例如手机相册里的一张 JPG 照片。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "photo" in self.fields:
            self.fields["photo"].help_text = self.hint

    def initial_from(self, saved: dict) -> dict:
        return {}

    def clean_photo(self):
        try:
            self.picture = self.accept(self.cleaned_data["photo"])
        except PortalError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["photo"]

    def answers(self) -> dict:
        return {}
