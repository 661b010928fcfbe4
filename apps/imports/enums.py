from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    UPLOADED = "uploaded", _("等待检查")
    CHECKING = "checking", _("正在检查")
    CHECKED = "checked", _("已检查，尚未导入")
    COMMITTING = "committing", _("正在导入")
    COMMITTED = "committed", _("已导入")
    UNDOING = "undoing", _("正在撤回")
    UNDONE = "undone", _("已撤回")
    FAILED = "failed", _("未能完成")


class JobAction(TextChoices):
    START_CHECK = "start_check", _("开始检查")
    FINISH_CHECK = "finish_check", _("检查完成")
    REJECT = "reject", _("停止")
    COMMIT = "commit", _("导入")
    FINISH = "finish", _("导入完成")
    UNDO = "undo", _("撤回")
    FINISH_UNDO = "finish_undo", _("撤回完成")
    STOP_UNDO = "stop_undo", _("停止撤回")


class Outcome(TextChoices):
    """What became of a row. READY and PROBLEM are the dry run's, UNDONE and KEPT are of one taken back."""

    READY = "ready", _("可以导入")
    PROBLEM = "problem", _("有误")
    CREATED = "created", _("新增")
    UPDATED = "updated", _("更新")
    UNCHANGED = "unchanged", _("无变化")
    REFUSED = "refused", _("未能导入")
    UNDONE = "undone", _("已撤回")
    KEPT = "kept", _("未撤回")
