"""The portrait for the member's certificate."""

from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Page
from apps.core.photo_form import PhotoPageForm
from apps.documents.services import accept_photo


class PhotoForm(PhotoPageForm):
    page = Page.PHOTO
    accept = staticmethod(accept_photo)
    hint = _(
        "本人近一年内的白底正面免冠照片，JPG、PNG 或 HEIC 格式，不超过 20 MB。"
        "我们会自动裁剪为一寸（178×220 像素）并压缩。请不要使用自拍、美颜或翻拍的照片。"
    )
