"""The words of evidence: what a certificate can be, and what a check of it can say."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
CODE_LENGTH = 26
CODE_SHAPE = f"^[{CODE_ALPHABET}]{{{CODE_LENGTH}}}$"


class CertificateState(TextChoices):
    REQUESTED = "requested", _("制作中")
    ISSUED = "issued", _("已签发")
    SUPERSEDED = "superseded", _("已被新版取代")


class CertificateAction(TextChoices):
    ISSUE = "issue", _("签发")
    SUPERSEDE = "supersede", _("以新版取代")


class Document(TextChoices):
    """What kind of document a code or a file belongs to."""

    CERTIFICATE = "certificate", _("会员证")
    LETTER = "letter", _("会员资格良好存续证明")


class TokenKeyState(TextChoices):
    """Of a key that signs tokens. What a retired key signed in its time holds; what a revoked key signed never."""

    ACTIVE = "active", _("使用中")
    RETIRED = "retired", _("已停用")
    REVOKED = "revoked", _("已吊销")


class TokenKeyAction(TextChoices):
    RETIRE = "retire", _("停用")
    REVOKE = "revoke", _("吊销")


class DocumentStanding(IntegerChoices):
    """Two bits in a status list. What has not begun yet is VALID there: the token itself says from when."""

    VALID = 0
    SUSPENDED = 1
    SUPERSEDED = 2
    REVOKED = 3


class SealLevel(TextChoices):
    """How long a seal can be checked by anybody, without us: the levels of PAdES."""

    BASIC = "b", _("仅签章（B-B）")
    STAMPED = "t", _("带时间戳（B-T）")
    LONG_TERM = "lt", _("带时间戳和验证资料（B-LT）")
    ARCHIVED = "lta", _("带时间戳、验证资料和归档时间戳（B-LTA）")


class SealKeyState(TextChoices):
    ACTIVE = "active", _("使用中")
    RETIRED = "retired", _("已停用")
    COMPROMISED = "compromised", _("已泄露")


class SealKeyAction(TextChoices):
    RETIRE = "retire", _("停用")
    COMPROMISE = "compromise", _("登记泄露")


class RunScope(TextChoices):
    """Whose certificates a run issues again; what names them exactly is the run's target."""

    ASSOCIATION = "association", _("一个协会的全部会员证")
    KIND = "kind", _("一类会员的全部会员证")
    SEAL_KEY = "seal_key", _("用某个印章密钥签章的会员证")
    TOKEN_KEY = "token_key", _("二维码由某个密钥签名的会员证")
    OUTDATED = "outdated", _("内容已与名册不同的会员证")
    NAMES = "names", _("等字体的会员证")
    """Not in force yet; asked for by whoever installs a font, never in the form."""


class RunTelling(TextChoices):
    """Whether the members of a run are written to."""

    BY_RULE = "", _("按规则")
    MAIL = "mail", _("发邮件告诉每位会员（分散发出）")
    QUIET = "quiet", _("不发邮件：会员在自己的账户里看到")


class RunState(TextChoices):
    RUNNING = "running", _("进行中")
    STOPPED = "stopped", _("已停止")
    DONE = "done", _("已完成")


class RunAction(TextChoices):
    STOP = "stop", _("停止")
    FINISH = "finish", _("完成")
    RESUME = "resume", _("继续")


class RunFailureReason(TextChoices):
    """Why a run could not issue one member's certificate. It tells nothing of the member."""

    GLYPHS = "glyphs", _("姓名里有字体没有的字：见“等字体的会员证”")
    SEAL_KEY = "seal_key", _("印章密钥不可用：请安全管理员检查密钥后重试")
    PHOTO = "photo", _("照片文件打不开：请会员重新上传照片")
    OTHER = "other", _("出现意外错误，已记入日志：请联系系统管理员后重试")


class PdfProblem(TextChoices):
    """Why a PDF could not be read, or what it holds that no file of ours does."""

    ENCRYPTED = "encrypted", _("文件有密码保护，我们打不开。协会签发的文件从不加密码。")
    TOO_MANY_PAGES = "too_many_pages", _("文件的页数太多。协会签发的文件只有一两页。")
    TOO_HEAVY = "too_heavy", _("文件太复杂，我们没有在规定时间内读完。协会签发的文件不会这样。")
    FORM = "form", _("文件里有动态表单。协会签发的文件从不含有表单程序。")
    SCRIPT = "script", _("文件里有会自动运行的程序。协会签发的文件从不含有程序。")


class VerdictWord(TextChoices):
    """The one large word of a verification page."""

    VALID = "valid", pgettext_lazy("verdict", "有效")
    NOT_YET = "not_yet", pgettext_lazy("verdict", "尚未生效")
    SUSPENDED = "suspended", pgettext_lazy("verdict", "暂停")
    SUPERSEDED = "superseded", pgettext_lazy("verdict", "已被新版取代")
    EXPIRED = "expired", pgettext_lazy("verdict", "已过有效期")
    CHANGED = "changed", pgettext_lazy("verdict", "情况已变化")
    ENDED = "ended", pgettext_lazy("verdict", "已失效")
    VOID = "void", pgettext_lazy("verdict", "登记已撤销")
    WITHDRAWN = "withdrawn", pgettext_lazy("verdict", "已作废")
    NO_MATCH = "no_match", pgettext_lazy("verdict", "未查到")
    UNKNOWN = "unknown", pgettext_lazy("verdict", "查无此证")
    ALTERED = "altered", pgettext_lazy("verdict", "被改动")
    REISSUE = "reissue", pgettext_lazy("verdict", "须重新签发")
    UNKNOWN_SIGNER = "unknown_signer", pgettext_lazy("verdict", "印章不可信")
    FOREIGN = "foreign", pgettext_lazy("verdict", "不是我们的")
    UNREADABLE = "unreadable", pgettext_lazy("verdict", "无法读取")
