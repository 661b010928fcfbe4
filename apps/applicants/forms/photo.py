"""The portrait for the member's certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.applicants.forms.base import PageForm
from apps.documents.services import UploadRefused, accept_photo


class PhotoForm(PageForm):
    """`picture` is the JPEG by the rules once the form is valid."""

    page = Page.PHOTO
    picture: bytes | None = None

    photo = forms.FileField(
        label=_("照片"),
        help_text=_(
            "本人近一年内的白底正面免冠照片，JPG、PNG 或 HEIC 格式，不超过 20 MB。"
            "我们会自动裁剪为一寸（178×220 像素）并压缩。请不要使用自拍、美颜或翻拍的照片。"
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/heic,image/heif"}),
        allow_empty_file=True,
        error_messages={"required": _("请选择一张照片，例如手机相册里的一张 JPG 照片。")},
    )

    def initial_from(self, saved: dict) -> dict:
        return {}

    def clean_photo(self):
        try:
            self.picture = accept_photo(self.cleaned_data[Field.PHOTO])
        except UploadRefused as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data[Field.PHOTO]

    def answers(self) -> dict:
        return {}
