"""Grounds on which somebody may not become a member (登记办法 Art. 5; 注册办法 Art. 5), and how a record was found."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactGround(TextChoices):
    CAPACITY = "capacity", _("不具有完全民事行为能力")
    CRIMINAL = "criminal", _("受刑事处罚")
    PENALTY = "penalty", _("因财务、会计、审计、企业管理中的严重错误受行政处罚或撤职以上处分")
    REVOKED = "revoked", _("被吊销注册会计师证书")
    FRAUD = "fraud", _("以欺骗、贿赂等手段取得注册会计师证书被撤销注册")
    CANCELLED = "cancelled", _("因虚假材料或严重违反职业道德被取消会员资格，或被劝退")
    EXPELLED = "expelled", _("被除名")


class Certainty(TextChoices):
    """EXACT: the identity document is the same. NEAR: a person must say whether it is the same human being."""

    EXACT = "exact", _("证件号码相同")
    NEAR = "near", _("可能是同一人")
