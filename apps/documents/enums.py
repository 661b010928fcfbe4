"""What can become of an uploaded file, and why one cannot be used."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadState(TextChoices):
    WAITING = "waiting", _("正在检查")
    CLEAN = "clean", _("已通过检查")
    REFUSED = "refused", _("不能使用")


class UploadProblem(TextChoices):
    """The words that the person who uploaded it reads: what is wrong, and how to mend it."""

    EMPTY = "empty", _("文件是空的（0 字节）。请重新选择文件，例如手机拍的证书照片。")
    TOO_LARGE = "too_large", _("文件超过 20 MB。请缩小后再上传，例如用手机重新拍照，或在扫描时选较低的分辨率。")
    UNKNOWN_TYPE = "unknown_type", _("这个文件不是照片也不是 PDF（也许只是改了文件名）。请上传 JPG、PNG、HEIC 或 PDF。")
    TWO_TYPES = "two_types", _("这个文件里还藏着另一种文件，不能接收。请重新拍照或重新导出 PDF，再上传。")
    BROKEN = "broken", _("文件已损坏，打不开。请重新拍照或重新导出 PDF，再上传。")
    ENCRYPTED = "encrypted", _("这个 PDF 有密码，打不开。请去掉密码，或打印成新的 PDF，再上传。")
    FORM = "form", _("这是动态表单型的 PDF，内容要专门的软件才能显示。请用“打印为 PDF”得到普通的 PDF，再上传。")
    TOO_MANY_PAGES = "too_many_pages", _("PDF 超过 20 页。请只上传有关的几页。")
    TOO_HEAVY = "too_heavy", _("这个文件展开后太大，无法处理。请重新拍照，或降低分辨率后再上传。")
    MALWARE = "malware", _("安全检查发现这个文件带有恶意程序，已拒绝。请换一台设备重新拍照或扫描后再上传。")
