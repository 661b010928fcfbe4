"""Ways to check: by code, by a picture of the QR, by the file itself, by number and name. None writes anything."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.certificates.enums import CODE_LENGTH
from apps.certificates.selectors import is_code, normalise_code
from apps.core.date_boxes import DateBoxesField
from apps.members.enums import MemberKind

MAX_FILE = 10 * 1024 * 1024
MAX_PICTURE = 20 * 1024 * 1024


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("查验码"),
        help_text=_(
            "会员证或证明信上二维码旁的 26 位字母和数字，例如 5F1D 3233 G4R5 MGAN 3DYP JSFX 90。空格和大小写都不要紧。"
        ),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写查验码，例如 5F1D 3233 G4R5 MGAN 3DYP JSFX 90。")},
    )

    def clean_code(self):
        code = normalise_code(self.cleaned_data["code"])
        if not is_code(code):
            raise forms.ValidationError(_mend(code))
        return code


class MemberForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("会员类别"),
        choices=MemberKind.choices,
        initial=MemberKind.NON_PRACTISING,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
        error_messages={"required": _("请选择会员类别。")},
    )
    number = forms.CharField(
        label=_("会员编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("请填写会员证上的会员编号，例如 3320 2600 0001。")},
    )
    name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请填写会员证上的姓名，例如 王小明。")},
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("会员证或证明信的 PDF 文件"),
        help_text=_("不超过 10 MB。文件只用于这一次查验，不会保存。"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("请选择会员证的 PDF 文件。"),
            "empty": _("您选择的文件是空的（0 字节）。请重新选择会员证的 PDF 文件。"),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(
                _("文件有 %(size)s MB，超过了 10 MB；会员证的原文件不到 1 MB。请选择从本网站下载的原文件。"),
                params={"size": -(-file.size // (1024 * 1024))},
            )
        return file


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("二维码的照片或截图"),
        help_text=_("不超过 20 MB，JPG、PNG、HEIC 都可以；不用拍得很正。图片只用于这一次查验，不会保存。"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={
            "required": _("请选择二维码的照片或截图。"),
            "empty": _("您选择的图片是空的（0 字节）。请重新选择二维码的照片或截图。"),
        },
    )

    def clean_picture(self):
        picture = self.cleaned_data["picture"]
        if picture.size > MAX_PICTURE:
            raise forms.ValidationError(
                _("图片有 %(size)s MB，超过了 20 MB。请只拍二维码，或者截图后再选择。"),
                params={"size": -(-picture.size // (1024 * 1024))},
            )
        return picture


class DayForm(forms.Form):
    """A day in the past on which somebody wants to know the membership."""

    on = DateBoxesField(label=_("哪一天"), help_text=_("例如 2025年3月1日。"))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today


def _mend(code: str) -> str:
    if len(code) != CODE_LENGTH:
        return _(
            "查验码有 26 位，您填写了 %(length)s 位。请对照会员证核对，例如 5F1D 3233 G4R5 MGAN 3DYP JSFX 90。"
        ) % {"length": len(code)}
    return _("查验码只有数字和除 I、L、O、U 以外的英文字母。请对照会员证核对。")
