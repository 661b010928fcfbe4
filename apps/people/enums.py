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
