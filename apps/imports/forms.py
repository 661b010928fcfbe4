from django import forms
from django.utils.translation import gettext_lazy as _

from apps.imports.services.archives import MAX_ARCHIVE

MAX_MEGABYTES = 30


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("文件"),
        help_text=_("Excel 工作簿（.xlsx）或 CSV（UTF-8 或 GB18030），不超过 30 MB，第一行是列名"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("请选择要导入的文件，例如 2026年全科合格名单.xlsx。"),
            "empty": _("文件是空的。请检查后重新选择。"),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(_("文件超过 30 MB。请分成几个文件上传。"))
        return file


class ArchiveForm(forms.Form):
    file = forms.FileField(
        label=_("压缩包"),
        help_text=_("ZIP，不超过 1 GB、100000 张。照片是 JPG、PNG 或 HEIC，每张不超过 20 MB"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": _("请选择要导入的压缩包，例如 会员照片.zip。"),
            "empty": _("文件是空的。请检查后重新选择。"),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_ARCHIVE:
            raise forms.ValidationError(_("压缩包超过 1 GB。请分成几个压缩包上传。"))
        return file
