from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FIRM = "firm"
"""The kind of outside body, in an actor's grants."""


class FirmStatus(TextChoices):
    OPEN = "open", _("在册")
    CLOSED = "closed", _("已终止")


class FirmRole(TextChoices):
    """The head commits the firm and names its agents; an agent prepares applications."""

    HEAD = "head", _("事务所负责人")
    AGENT = "agent", _("注册业务经办人")
