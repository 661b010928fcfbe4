"""What members and officers fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.half_width import HalfWidthField
from apps.core.photo_form import PhotoPageForm
from apps.documents.services import accept_photo
from apps.members.enums import MemberKind
from apps.movements.enums import DeclineReason

ASKED = _(
    "近一年内的白底正面免冠照片，JPG、PNG 或 HEIC 格式，不超过 20 MB。"
    "我们会自动裁剪为一寸（178×220 像素）并压缩。请不要使用自拍、美颜或翻拍的照片。"
)


class OwnPhotoForm(PhotoPageForm):
    accept = staticmethod(accept_photo)
    hint = ASKED


class DeskPhotoForm(PhotoPageForm):
    """Of a member who stands before the desk."""

    accept = staticmethod(accept_photo)
    hint = ASKED
    field_order = ("kind", "number", "photo", "seen")

    kind = forms.ChoiceField(
        label=_("会员类别"),
        choices=MemberKind.choices,
        widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
        error_messages={"required": _("请选择会员类别。")},
    )
    number = HalfWidthField(
        label=_("会员编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
        error_messages={"required": _("请填写会员编号，例如 3320 2600 0001。")},
    )
    seen = forms.BooleanField(
        label=_("本人在场，我已核对身份证件，照片是本人。"),
        error_messages={"required": _("请核对身份证件和本人后勾选这一项。")},
    )


class DeclineForm(forms.Form):
    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("理由"),
        choices=DeclineReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项理由。"), "invalid_choice": _("请选择一项理由。")},
    )
    note = forms.CharField(
        label=_("补充说明"),
        help_text=_("会员会看到，例如：请换一张不戴眼镜的照片。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
