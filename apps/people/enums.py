from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class IdentityType(models.TextChoices):
    """The documents by which a person is known (domain.md, 3.1)."""

    RESIDENT_ID = "resident_id", _("居民身份证")
    RESIDENCE_PERMIT_HMT = "residence_permit_hmt", _("港澳台居民居住证")
    HK_MACAU_PERMIT = "hk_macau_permit", _("港澳居民来往内地通行证")
    TAIWAN_PERMIT = "taiwan_permit", _("台湾居民来往大陆通行证")
    FOREIGN_PR = "foreign_pr", _("外国人永久居留身份证")
    PASSPORT = "passport", _("护照")
    OTHER = "other", _("其他证件")


class RelationKind(models.TextChoices):
    """What an officer declares, so that the cases of these people go to somebody else."""

    PERSON = "person", _("某一个人")
    EMPLOYER = "employer", _("工作过的单位")


class Tie(models.TextChoices):
    """How an officer stands to a declared person."""

    FAMILY = "family", _("亲属")
    FRIEND = "friend", _("朋友")
    COLLEAGUE = "colleague", _("同事或曾经的同事")
    BUSINESS = "business", _("经济往来")
    OTHER = "other", _("其他")


class SpellingSource(models.TextChoices):
    """Where the spelling of a name in Latin letters comes from. A passport's outweighs everything else."""

    PASSPORT = "passport", _("护照上的拼写")
    PINYIN = "pinyin", _("按汉语拼音")
