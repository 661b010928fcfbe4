"""What the three sides read about one case: where it is in plain words, who acts next, what the reader must do."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from apps.registrations.enums import Action, Side, State

STAGES = (_("填写"), _("本人确认"), _("事务所承诺"), _("形式审查"), _("审批"), _("成为注册会计师"))

PLACE = {
    State.DRAFT: 0,
    State.AWAITING_CANDIDATE: 1,
    State.AWAITING_FIRM: 2,
    State.FILED: 3,
    State.GAPS: 3,
    State.ACCEPTED: 4,
    State.PROPOSED: 4,
    State.ADMITTED: 6,
}
"""Which of the stages a state stands in."""


@dataclass(frozen=True)
class PlainWords:
    """A state as people outside the office read it; `next_step` says who acts and until when, `yours` by reader."""

    title: str
    next_step: str
    candidate: str
    firm: str
    acts: str = Side.OFFICE
    tone: str = "info"


NOTHING = _("您现在无需操作。有了结果或需要您做什么时，我们会发邮件告诉您。")

WORDS = {
    State.DRAFT: PlainWords(
        _("事务所正在填写"),
        _("由%(firm)s的经办人填写，填完后请申请人本人确认。"),
        _("您现在无需操作。填完以后，我们会发邮件请您确认。"),
        _("请把各页填完，然后请本人确认。"),
        Side.FIRM,
        "waiting",
    ),
    State.AWAITING_CANDIDATE: PlainWords(
        _("等申请人本人确认"),
        _("申请人收到邮件，核对内容，声明属实。"),
        _("请核对全部内容。属实请确认；不属实请写明原因，退给经办人。"),
        _("等申请人确认。需要修改时可以先取回。"),
        Side.CANDIDATE,
        "waiting",
    ),
    State.AWAITING_FIRM: PlainWords(
        _("等事务所承诺"),
        _("由%(firm)s的负责人承诺专职执业，并提交协会。"),
        NOTHING,
        _("请负责人核对，承诺申请人专职执业，然后提交；不同意的退回经办人。"),
        Side.FIRM,
        "waiting",
    ),
    State.FILED: PlainWords(
        _("协会正在进行形式审查"),
        _("%(association)s在 %(days)s 个工作日内检查材料是否齐全，缺什么一次告知；齐全则受理。"),
        NOTHING,
        _("现在无需操作。需要补正时会一次列清，并发邮件。"),
    ),
    State.GAPS: PlainWords(
        _("请事务所补正"),
        _("%(association)s已一次列清需要补正的内容。%(firm)s补正后，再请本人确认、负责人提交。"),
        _("您现在无需操作。事务所补正后，会再请您确认。"),
        _("请在%(due)s前补正，再请本人确认、负责人提交。逾期没有提交，这件申请会结束，可以重新申请。"),
        Side.FIRM,
        "waiting",
    ),
    State.ACCEPTED: PlainWords(
        _("协会已受理，正在审批"),
        _("受理之日起 %(days)s 个工作日内决定。"),
        NOTHING,
        _("现在无需操作。"),
    ),
    State.PROPOSED: PlainWords(
        _("协会已受理，正在审批"),
        _("受理之日起 %(days)s 个工作日内决定，由另一位工作人员复核。"),
        NOTHING,
        _("现在无需操作。"),
    ),
    State.ADMITTED: PlainWords(
        _("准予注册"),
        _("电子证书由系统制作，完成后发邮件给本人，通常只需几分钟。"),
        _("您已是注册会计师。请用证书编号登录，领取电子证书。"),
        _("申请人已是注册会计师，无需操作。"),
        tone="done",
    ),
    State.REFUSED: PlainWords(
        _("不予注册"),
        _("%(association)s已经作出决定，这件申请到此结束。"),
        _("理由、依据和您的救济途径，见上文。"),
        _("理由、依据和救济途径，见上文。"),
        tone="refused",
    ),
    State.WITHDRAWN: PlainWords(
        _("申请已撤回"),
        _("这件申请已经结束。"),
        _("需要时可以由事务所重新申请。"),
        _("需要时可以重新申请。"),
        tone="quiet",
    ),
    State.EXPIRED: PlainWords(
        _("逾期没有补正，申请已结束"),
        _("这件申请已经结束。"),
        _("需要时可以由事务所重新申请。"),
        _("需要时可以重新申请。"),
        tone="refused",
    ),
}

PAST_DUE = _("补正期限 %(due)s 已过，这件申请还没有结束：现在补正、请本人确认并由负责人提交，仍然有效。")

HISTORY = {
    Action.INVITE: _("事务所填写完毕，请本人确认"),
    Action.TAKE_BACK: _("事务所取回修改"),
    Action.DECLINE: _("本人没有同意，退给经办人"),
    Action.CONFIRM: _("本人确认，承诺属实"),
    Action.SEND_BACK: _("负责人退回经办人"),
    Action.FILE: _("事务所承诺专职执业，提交协会"),
    Action.REQUEST_GAPS: _("协会一次告知需要补正的内容"),
    Action.ACCEPT: _("协会受理"),
    Action.ADMIT_BY_PLATFORM: _("监管平台准予注册，登记入册"),
    Action.REFUSE_BY_PLATFORM: _("监管平台不予注册"),
    Action.PROPOSE: _("协会经办人拟准予注册"),
    Action.DISAGREE: _("协会重新审查"),
    Action.APPROVE: _("协会准予注册，登记入册"),
    Action.REFUSE: _("协会决定不予注册"),
    Action.WITHDRAW: _("申请撤回"),
    Action.EXPIRE: _("逾期没有补正，申请结束"),
}
"""The steps as everybody reads them: what was done, by which side, without names."""
