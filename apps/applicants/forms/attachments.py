"""One paper of one kind."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import AttachmentKind


class AttachmentForm(forms.Form):
    """Only the choice is read here; the file itself is judged where it is taken in."""

    use_required_attribute = False

    kind = forms.ChoiceField(choices=AttachmentKind, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("选择文件"),
        help_text=_("照片（JPG、PNG、HEIC）或 PDF，不超过 20 MB。可以直接用手机拍。"),
        allow_empty_file=True,
        error_messages={"required": _("请先选择文件，例如手机拍的证书照片。")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf"}),
    )

    def __init__(self, *args, kind: str = "", **kwargs):
        super().__init__(*args, auto_id=f"id_{kind}_%s", initial={"kind": kind}, **kwargs)
