"""What the member reads about a letter: where it is in plain words, who acts next, what to do now."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.letters.enums import Action, ReissueOutcome, State

STAGES = (_("已申请"), _("中注协经办"), _("中注协批准"), _("已出具"))

PLACE = {State.REQUESTED: 1, State.PROPOSED: 2, State.APPROVED: 3}
"""Which of the stages a state stands in; an issued letter has them all behind it."""


@dataclass(frozen=True)
class PlainWords:
    title: str
    next_step: str
    yours: str
    tone: str = "info"


NOTHING = _("您现在无需操作。有了结果，我们会发邮件告诉您。")

WORDS = {
    State.REQUESTED: PlainWords(
        _("我们已收到申请，正在核对"),
        _("中注协的经办人核对您的情况，再由另一位工作人员批准，%(due)s前办结。"),
        NOTHING,
    ),
    State.PROPOSED: PlainWords(
        _("已核对，等另一位工作人员批准"),
        _("中注协的另一位工作人员作出决定，%(due)s前办结。"),
        NOTHING,
    ),
    State.APPROVED: PlainWords(
        _("已批准，正在制作"),
        _("系统正在排版、盖章，通常只需几秒钟。"),
        _("请稍后刷新本页。超过一分钟仍未出现，说明需要工作人员处理，他们已经收到提示。"),
        "waiting",
    ),
    State.ISSUED: PlainWords(
        _("证明已出具"),
        _("有效期到%(until)s为止。"),
        _("请下载 PDF 原文件，直接发给收件单位；对方可以扫码或用查验码查验。"),
        "done",
    ),
    State.REFUSED: PlainWords(
        _("不予出具"),
        _("中注协已经作出决定，这件申请到此结束。"),
        _("理由见上文。情况改变以后可以重新申请；对决定有疑问，请致电中注协。"),
        "refused",
    ),
    State.WITHDRAWN: PlainWords(_("证明申请已撤回"), _("这件证明申请已经结束。"), _("需要时可以重新申请。"), "quiet"),
    State.CANCELLED: PlainWords(
        _("证明已作废"),
        _("查验这份证明时会显示已作废。"),
        _("请告诉收到过它的单位。需要时可以重新申请。"),
        "quiet",
    ),
    State.REPLACED: PlainWords(
        _("已被新的证明取代"),
        _("您为同一用途、同一收件单位申请了新的证明。"),
        _("请使用新的证明。"),
        "quiet",
    ),
}
EXPIRED = PlainWords(
    _("证明已过有效期"), _("有效期到%(until)s为止，查验时会显示已过期。"), _("需要时可以重新申请。"), "quiet"
)
REISSUED = PlainWords(
    _("已用新印章重新出具"),
    _("原来的印章密钥不再可信。我们按原内容重新出具了一份，这一份不再有效。"),
    _("请使用新的证明，并发给收到过这一份的单位。"),
    "quiet",
)
TO_BE_REISSUED = PlainWords(
    _("需要换新印章，正在办理"),
    _("原来的印章密钥不再可信。我们会按原内容重新出具，有效期不变。"),
    _("您无需操作。新的证明出具后，我们会发邮件告诉您；在此之前请不要再发送这一份。"),
    "waiting",
)
ASK_ANEW = PlainWords(
    _("印章不再可信，请重新申请"),
    _("您的会员情况在出具之后有了改变，我们不能按原内容重新出具。"),
    _("请重新申请一份。这一份查验时会显示需要重新出具。"),
    "waiting",
)
AFTER_COMPROMISE = {
    (State.ISSUED, ReissueOutcome.WAITING): TO_BE_REISSUED,
    (State.ISSUED, ReissueOutcome.MADE): TO_BE_REISSUED,
    (State.ISSUED, ReissueOutcome.ASK_ANEW): ASK_ANEW,
    (State.REPLACED, ReissueOutcome.MADE): REISSUED,
}
"""Of a letter whose seal can no longer be trusted, by what became of it."""

HISTORY = {
    Action.PROPOSE: _("中注协经办人核对完毕，提出意见"),
    Action.DISAGREE: _("中注协重新核对"),
    Action.APPROVE: _("中注协批准出具"),
    Action.REFUSE: _("中注协决定不予出具"),
    Action.ISSUE: _("证明制作完成，已盖章"),
    Action.WITHDRAW: _("您撤回了证明申请"),
    Action.CANCEL: _("您作废了证明"),
    Action.REPLACE: _("被新的证明取代"),
    Action.REISSUE: _("换用新印章，按原内容重新出具"),
}
"""The steps as the member reads them: without officers' names."""
