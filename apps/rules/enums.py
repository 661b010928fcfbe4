"""Kinds of reasons, days and rules."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReasonKind(TextChoices):
    REFUSAL = "refusal", _("不予登记的理由")
    RETURN = "return", _("复核退回的理由")
    HOLD = "hold", _("暂缓办理的理由")
    UNDO = "undo", _("撤销登记的理由")
    PRACTISING = "practising", _("不予执业注册的理由")
    LETTER = "letter", _("不出具英文证明的理由")


class DayKind(TextChoices):
    HOLIDAY = "holiday", _("放假")
    MAKE_UP = "make_up", _("调休上班")


class Subject(TextChoices):
    JOINING = "joining", _("入会条件和材料")
    CLOCKS = "clocks", _("办理期限")
    REMINDERS = "reminders", _("提醒、草稿和补正")
    BARS = "bars", _("不予登记的情形")
    PRACTISING = "practising", _("执业注册")
    STANDING = "standing", _("会员情况和英文证明")
    DESK = "desk", _("经办规则")
    NUMBERS = "numbers", _("编号规则")
    SEALS = "seals", _("电子印章")
    PHOTOS = "photos", _("会员证的照片")
    KEEPING = "keeping", _("保存期限")


class Local(TextChoices):
    """Whether an association may have a value of its own, where the law leaves room."""

    NEVER = "never", _("全国统一")
    FREE = "free", _("各协会可以另定")
    SHORTER = "shorter", _("各协会只能另定更短的期限")


class Check(TextChoices):
    """What a test case of the rule says: which facts it is given, and what must come out."""

    VALUE = "value", _("取值")
    WITHIN_YEARS = "within_years", _("至申请日未超过年限")
    BARRED_YEARS = "barred_years", _("至申请日仍在禁止期内")
    WORKING_DAYS = "working_days", _("最后一天（工作日）")
    DAYS = "days", _("最后一天（自然日）")
    AGE = "age", _("是否超过年龄")
    DATES_AFTER = "dates_after", _("开始之后的日期")
    DATES_BEFORE = "dates_before", _("截止之前的日期")
