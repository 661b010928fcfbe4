"""What the check of a token in the browser can say: static/js/check.js chooses, the words stand here."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.certificates.enums import VerdictWord


@dataclass(frozen=True)
class TokenWord:
    """`word` as in verify/README.md, and one more of the page's own: no_token."""

    word: str
    label: str
    tone: str
    meaning: str
    next: str


_COMPARE = _("请把上面的姓名和编号与纸面逐字对照，并核对照片是否为本人。")
_ASK_FOR_CURRENT = _("请持证人登录本网站下载最新的会员证，再查验一次。")
_ONCE_ONLINE = _("请在有网络时重新打开这个页面。在此之前，请不要把它当作有效的证明。")
_REPORT = _("请不要接受这张会员证。请持证人出示从本网站下载的原文件；如怀疑伪造，请致电协会。")

TOKEN_WORDS = (
    TokenWord(
        "valid",
        VerdictWord.VALID.label,
        "done",
        _("二维码由协会签名，未被改动；按状态清单，这份文件有效。"),
        _COMPARE,
    ),
    TokenWord(
        "not_yet",
        VerdictWord.NOT_YET.label,
        "waiting",
        _("二维码由协会签名，但会员资格还没有开始。"),
        _("请在上面的入会时间之后再查验一次。"),
    ),
    TokenWord(
        "suspended",
        VerdictWord.SUSPENDED.label,
        "waiting",
        _("二维码由协会签名，但会员资格目前暂停。"),
        _("需要了解详情，请直接询问本人。资格恢复后，再查验时会重新显示有效。"),
    ),
    TokenWord(
        "superseded",
        VerdictWord.SUPERSEDED.label,
        "waiting",
        _("二维码由协会签名，但已有更新的版本，纸上的内容可能不再准确。"),
        _ASK_FOR_CURRENT,
    ),
    TokenWord(
        "revoked",
        VerdictWord.ENDED.label,
        "refused",
        _("二维码由协会签名，但这份文件已经失效。"),
        _("请不要再接受它。本人如有异议，可以致电所属协会。"),
    ),
    TokenWord(
        "standing_unknown",
        pgettext_lazy("verdict", "状态未知"),
        "waiting",
        _("二维码由协会签名，未被改动；但现在无法确认它是否仍然有效。"),
        _ONCE_ONLINE,
    ),
    TokenWord(
        "not_genuine",
        pgettext_lazy("verdict", "二维码不可信"),
        "refused",
        _("二维码里的签名不成立：纸上的内容不能由它证明。"),
        _REPORT,
    ),
    TokenWord(
        "unreadable",
        pgettext_lazy("verdict", "二维码不可信"),
        "refused",
        _("二维码里的签名残缺不全，或不是协会写入的。"),
        _("请重新扫描整个二维码。如果仍然如此，请不要接受这张会员证，并请持证人出示从本网站下载的原文件。"),
    ),
    TokenWord(
        "unchecked",
        pgettext_lazy("verdict", "尚未核对"),
        "waiting",
        _("这台设备上没有核对这个签名所需的公钥，所以还不能下结论。"),
        _ONCE_ONLINE,
    ),
    TokenWord(
        "no_token",
        pgettext_lazy("verdict", "需要网络"),
        "info",
        _("现在没有网络。只有扫描二维码打开的页面能离线核对；这个地址里只有查验码。"),
        _("请扫描纸上的二维码，或在有网络时重新打开这个页面。"),
    ),
)

TOKEN_CAUSES = {
    "unknown_key": _("签名用的不是协会公布的任何一把密钥"),
    "revoked_key": _("签名用的密钥已被协会吊销"),
    "forged": _("签名与内容不符：内容被改动过，或不是协会签的"),
    "other_code": _("二维码属于另一份文件：其中的查验码与地址中的不同"),
    "key_retired_before": _("签发日期晚于签名密钥停用的日期"),
    "no_list": _("没有取得可信的状态清单"),
    "stale_list": _("手上的状态清单已经过期"),
    "stale_keys": _("手上的公钥清单已经过期"),
    "clock": _("这台设备的日期或时间不对，与签发时间对不上：请校准后再查验"),
    "unsupported": _("这个浏览器不能核对二维码里的签名；上面是服务器按查验码的回答。请换用新版的浏览器"),
    "no_keys": _("没有取得协会公布的公钥"),
    "keys_older": _("签名的密钥不在手上的公钥清单里，可能是清单之后才启用的"),
}
