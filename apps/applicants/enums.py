"""The words of the joining process: what an application can be, and what can be done with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The office's word for each state; what the applicant reads stands in the progress page's own words."""

    DRAFT = "draft", _("填写中")
    SUBMITTED = "submitted", _("审查中")
    CORRECTION_REQUESTED = "correction_requested", _("待补正")
    AGREED = "agreed", _("已同意，待报送")
    SENT = "sent", _("全国复核中")
    RETURNED = "returned", _("复核退回")
    CONFIRMED = "confirmed", _("已入会")
    REFUSED = "refused", _("不予登记")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("逾期未补正")


OPEN_STATES = frozenset(
    {State.SUBMITTED, State.CORRECTION_REQUESTED, State.AGREED, State.SENT, State.RETURNED},
)
"""A person has at most one application in these."""

LOCAL_STATES = frozenset({State.SUBMITTED, State.RETURNED})
"""The association's turn."""


HOLDING_STATES = LOCAL_STATES | {State.SENT}
"""An office's turn: it may let the case rest."""


class Action(TextChoices):
    SUBMIT = "submit", _("提交")
    REQUEST_CORRECTION = "request_correction", _("要求补正")
    ANSWER_CORRECTION = "answer_correction", _("补正")
    AGREE = "agree", _("同意，报中注协复核")
    TAKE_BACK = "take_back", _("收回同意")
    TAKE_BACK_RETURNED = "take_back_returned", _("收回再次同意")
    REFUSE = "refuse", _("不予登记")
    SEND = "send", _("报送")
    CONFIRM = "confirm", _("复核通过，公告并编号")
    RETURN = "return", _("退回地方协会")
    WITHDRAW = "withdraw", _("撤回")
    EXPIRE = "expire", _("逾期结束")
    REOPEN = "reopen", _("申诉成立，重新审查")


TAKE_BACKS = frozenset({Action.TAKE_BACK, Action.TAKE_BACK_RETURNED})
"""One act of the officer; two lines of the table, because a case goes back to where it was agreed from."""


class Handling(TextChoices):
    """What can become of a case's officer."""

    CLAIMED = "claimed", _("领取")
    RELEASED = "released", _("放回")
    ASSIGNED = "assigned", _("分派")
    TAKEN_OVER = "taken_over", _("接办")
    PASSED_ON = "passed_on", _("因利害关系转交")


class Route(TextChoices):
    """Which clause the applicant comes under (登记办法 Art. 3); with the years of the rule: selectors/route_words."""

    FRESH_PASSER = "fresh_passer", _("取得全科合格证，在申请期限内")
    EX_PRACTISING = "ex_practising", _("停止执业或被撤销、注销注册，在申请期限内")
    LATE = "late", _("超过申请期限，坚持申请")


class Practising(TextChoices):
    """What the candidate has to do with practising; the first question at /apply/."""

    NEVER = "never", _("没有执业，申请成为非执业会员")
    STOPPED = "stopped", _("曾经是注册会计师，现在已停止执业或被撤销、注销注册")
    NOW = "now", _("现在是注册会计师（执业会员）")
    WANTED = "wanted", _("在会计师事务所工作，想成为注册会计师（执业会员）")


class Eligibility(TextChoices):
    """What the eligibility questions lead to."""

    ELIGIBLE = "eligible", _("您可以申请")
    CLOSED = "closed", _("已超过申请期限")
    NOT_YET = "not_yet", _("现在还不能申请")
    THROUGH_FIRM = "through_firm", _("请通过会计师事务所申请")
    STOP_FIRST = "stop_first", _("请先办理停止执业")


class Page(TextChoices):
    """The pages of the form, in their order."""

    IDENTITY = "identity", _("姓名和证件")
    PRACTISING = "practising", _("注册会计师记录")
    CERTIFICATE = "certificate", _("全科合格证")
    ASSOCIATION = "association", _("所属协会")
    LATE = "late", _("超过期限的证明")
    CONTACT = "contact", _("联系方式")
    PHOTO = "photo", _("照片")
    DECLARATIONS = "declarations", _("声明")


class LateMode(TextChoices):
    """What an association asks of somebody who comes after the five years (登记办法 Art. 3 (3)); a rule's value."""

    CLOSED = "closed", _("不受理")
    TEST = "test", _("须通过相关测试")
    CPE_PROOF = "cpe_proof", _("须有继续教育证明")


class AttachmentKind(TextChoices):
    """What a paper proves. Which of them a route asks for is a rule: `application.required_documents`."""

    CERTIFICATE = "certificate", _("全科合格证的照片或扫描件")
    IDENTITY = "identity", _("身份证件的照片或扫描件")
    PRACTISING_END = "practising_end", _("停止执业或撤销、注销注册的证明")
    LATE_TEST = "late_test", _("相关测试的成绩")
    CPE_PROOF = "cpe_proof", _("继续教育证明")
    NAME_CHANGE = "name_change", _("更名证明")
    OTHER = "other", _("其他说明材料")


class RollMatch(TextChoices):
    """What the roll of passers says of certificate number, name and identity document together."""

    EXACT = "exact", _("三项一致")
    NEAR = "near", _("部分一致")
    NONE = "none", _("未找到")


class Field(TextChoices):
    """What can be asked about: the answers of the form, and so what an officer can ask to be corrected."""

    NAME = "name", _("姓名")
    IDENTITY_TYPE = "identity_type", _("证件类型")
    IDENTITY_NUMBER = "identity_number", _("证件号码")
    IDENTITY_COUNTRY = "identity_country", _("护照签发国家或地区")
    SEX = "sex", _("性别")
    BIRTH_ON = "birth_on", _("出生日期")
    ENGLISH_NAME = "english_name", _("英文姓名")
    CPA_NUMBER = "cpa_number", _("注册会计师证书编号")
    STOPPED_ON = "stopped_on", _("停止执业的日期")
    CERTIFICATE_NUMBER = "certificate_number", _("全科合格证号")
    CERTIFICATE_ON = "certificate_on", _("全科合格证日期")
    ASSOCIATION = "association", _("所属协会")
    LATE_TEST_ON = "late_test_on", _("相关测试的日期")
    LATE_TEST_NUMBER = "late_test_number", _("相关测试的成绩单编号")
    LATE_CPE = "late_cpe", _("继续教育情况")
    PHONE = "phone", _("手机号码")
    EMPLOYER = "employer", _("工作单位")
    PHOTO = "photo", _("照片")
    ATTACHMENTS = "attachments", _("证明材料")
    DECLARATIONS = "declarations", _("声明")


class BatchState(TextChoices):
    OPEN = "open", _("汇总中")
    SENT = "sent", _("已报送")


class NoteKind(TextChoices):
    NOTE = "note", _("备注")
    RETURN = "return", _("复核退回的说明")


class Sender(TextChoices):
    """Who wrote a message of a case."""

    OFFICE = "office", _("协会")
    APPLICANT = "applicant", _("申请人")


class Office(TextChoices):
    """The two offices of a case. For the national body's own applicants both are there, and still two persons."""

    LOCAL = "local", _("地方协会")
    NATIONAL = "national", _("中注协")


class UndoState(TextChoices):
    ASKED = "asked", _("等待另一人决定")
    CONFIRMED = "confirmed", _("已撤销登记")
    DECLINED = "declined", _("不撤销")


class UndoAction(TextChoices):
    CONFIRM = "confirm", _("确认撤销登记")
    DECLINE = "decline", _("不撤销")


class ReminderKind(TextChoices):
    DRAFT = "draft", _("草稿")
    CORRECTION = "correction", _("补正")


class LetterKind(TextChoices):
    RECEIPT = "receipt", _("回执")
    REFUSAL = "refusal", _("不予登记决定书")
    APPEAL = "appeal", _("申诉决定书")


class AppealState(TextChoices):
    FILED = "filed", _("等待决定")
    UPHELD = "upheld", _("维持原决定")
    SET_ASIDE = "set_aside", _("撤销原决定，重新审查")


class AppealAction(TextChoices):
    UPHOLD = "uphold", _("维持原决定")
    SET_ASIDE = "set_aside", _("撤销原决定，重新审查")
