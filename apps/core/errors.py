"""What can go wrong in a service. Each error carries a sentence for the reader, in the reader's language."""

from django.utils.translation import gettext_lazy as _


class PortalError(Exception):
    """A refusal that a person can understand. `message` is shown as it stands; `code` is for programs."""

    code = "refused"
    message = _("这个操作没有完成。")

    def __init__(self, message=None):
        if message is not None:
            self.message = message
        super().__init__(self.message)

    def __str__(self):
        return str(self.message)


class NotPermitted(PortalError):
    code = "not_permitted"
    message = _("您没有办理这一事项的权限。")


class TransitionRefused(PortalError):
    """The record is not in a state from which this act is possible: most often, someone else was first."""

    code = "already_decided"
    message = _("这件申请已经由他人办理或状态已经改变，您的操作没有生效。请刷新页面查看最新情况。")


class RequirementsMissing(PortalError):
    """Something that must hold for this act does not. `missing` lists a sentence for each."""

    code = "requirements_missing"
    message = _("还缺少以下内容，请补齐后再提交。")

    def __init__(self, missing):
        self.missing = list(missing)
        super().__init__()


def refuse_if(missing) -> None:
    """Raises RequirementsMissing with the sentences in `missing`, if there are any."""
    if missing:
        raise RequirementsMissing(missing)


class DataKeyDestroyed(PortalError):
    """The person was erased: the key is gone, and with it every personal field."""

    code = "erased"
    message = _("这份个人信息已经依法删除，无法再读取。")
