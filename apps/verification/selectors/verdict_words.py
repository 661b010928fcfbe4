"""What a verdict means and what to do next, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.certificates.enums import Document, VerdictWord
from apps.certificates.selectors import Verdict


@dataclass(frozen=True)
class Words:
    """`tone` chooses icon and colour; `meaning` may hold %(date)s; `next` is what the reader can do."""

    tone: str
    meaning: str
    next: str


_ASK_FOR_CURRENT = _("请持证人登录本网站下载最新的会员证，再查验一次。")
_ASK_FOR_FILE = _("请持证人从本网站重新下载会员证，把原文件发给您，不要转发截图、扫描件或另存的文件。")

_CERTIFICATE = {
    VerdictWord.VALID: Words(
        "done",
        _("此人现在是中国注册会计师协会会员。"),
        _("请核对持证人出示的姓名、会员类别和所属协会是否与上面一致，照片是否为本人。"),
    ),
    VerdictWord.NOT_YET: Words(
        "waiting",
        _("会员资格从 %(date)s 开始，在此之前持证人还不是会员。"),
        _("请在开始日期之后再查验一次。"),
    ),
    VerdictWord.SUSPENDED: Words(
        "waiting",
        _("此人的会员资格目前暂停。"),
        _("需要了解详情，请直接询问本人。资格恢复后，再查验时会重新显示有效。"),
    ),
    VerdictWord.SUPERSEDED: Words(
        "waiting",
        _("这一版会员证已于 %(date)s 被新版取代，证上的内容可能不再准确；持证人仍是会员。"),
        _ASK_FOR_CURRENT,
    ),
    VerdictWord.EXPIRED: Words(
        "waiting",
        _("有效期到%(date)s为止。"),
        _ASK_FOR_CURRENT,
    ),
    VerdictWord.REISSUE: Words(
        "waiting",
        _("这份文件所用的印章密钥自 %(date)s 起不再可信，文件须重新签发；这与持证人无关。"),
        _ASK_FOR_CURRENT,
    ),
    VerdictWord.CHANGED: Words(
        "refused",
        _("签发以后情况发生了变化，上面的内容现在不再成立。"),
        _ASK_FOR_CURRENT,
    ),
    VerdictWord.ENDED: Words(
        "refused",
        _("此人从 %(date)s 起不是会员；会员证随会员资格一同失效。"),
        _("请不要再接受其会员证。本人如有异议，可以致电所属协会。"),
    ),
    VerdictWord.VOID: Words(
        "refused",
        _("这张会员证所依据的登记已被撤销，自始无效：持证人没有因此成为会员。"),
        _("请不要再接受这张会员证。本人如有异议，可以致电所属协会。"),
    ),
    VerdictWord.NO_MATCH: Words(
        "info",
        _("没有会员同时符合您填写的会员类别、编号和姓名。"),
        _("请对照会员证逐字核对后再查一次。如果会员证上有查验码，用查验码查验最可靠。"),
    ),
    VerdictWord.UNKNOWN: Words(
        "refused",
        _("我们没有签发过这样的会员证或证明信。"),
        _("请核对查验码是否抄写正确。如果确实无误，这可能是伪造的会员证，请致电协会举报。"),
    ),
    VerdictWord.ALTERED: Words(
        "refused",
        _("这个文件与我们签发的不一样：签章以后内容被改动，或文件已损坏。"),
        _ASK_FOR_FILE,
    ),
    VerdictWord.UNKNOWN_SIGNER: Words(
        "refused",
        _("这个文件没有盖协会的电子印章。"),
        _ASK_FOR_FILE,
    ),
    VerdictWord.FOREIGN: Words(
        "refused",
        _("这个二维码不是我们的：您手里的可能是伪造的会员证。"),
        _("不要打开它，也不要在它打开的网页上填写任何内容。请持证人登录本网站下载会员证，再查验一次。"),
    ),
    VerdictWord.UNREADABLE: Words(
        "info",
        _("我们读不出这个文件，所以无法判断。它不是 PDF，或者没有传完整。"),
        _("请选择会员证的 PDF 原文件，例如“非执业会员证-王芳.pdf”，再试一次。"),
    ),
}

_LETTER = {
    VerdictWord.VALID: Words(
        "done",
        _("信中所述在签发时属实，协会的记录至今没有变化。"),
        _("请核对信上的收信人是否为您，会员类别和所属协会是否与这里显示的一致。"),
    ),
    VerdictWord.EXPIRED: Words(
        "waiting",
        _("这封信的有效期到%(date)s为止。签发时所述属实；此后的情况不由这封信证明。"),
        _("请本人在本网站申请一封新的证明信。"),
    ),
    VerdictWord.CHANGED: Words(
        "refused",
        _("这封信签发以后，所述情况发生了变化：信上的内容现在不再成立。"),
        _("请不要再采信这封信。需要了解详情，请直接询问本人；本人可以申请一封说明当前情况的信。"),
    ),
    VerdictWord.SUPERSEDED: Words(
        "waiting",
        _("这封信已于 %(date)s 被新的一封取代。"),
        _("请向本人索取最新的一封，再查验一次。"),
    ),
    VerdictWord.WITHDRAWN: Words(
        "refused",
        _("这封信已于 %(date)s 作废。"),
        _("请不要再采信这封信。需要时，请本人在本网站申请一封新的证明信。"),
    ),
    VerdictWord.SUSPENDED: Words(
        "waiting",
        _("此人的会员资格目前暂停：信上的内容现在不再成立。"),
        _("需要了解详情，请直接询问本人。资格恢复后，本人可以申请一封新的证明信。"),
    ),
    VerdictWord.ENDED: Words(
        "refused",
        _("此人从 %(date)s 起不是会员：信上的内容现在不再成立。"),
        _("请不要再采信这封信。本人如有异议，可以致电所属协会。"),
    ),
    VerdictWord.VOID: Words(
        "refused",
        _("这封信所依据的会员登记已被撤销，自始无效。"),
        _("请不要再采信这封信。本人如有异议，可以致电所属协会。"),
    ),
}


def words_of(verdict: Verdict) -> Words:
    """Those of the document's kind; where the kind has none of its own, the general ones."""
    own = _LETTER if verdict.document == Document.LETTER else {}
    return own.get(verdict.word) or _CERTIFICATE[verdict.word]
