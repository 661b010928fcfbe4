"""The address, and the reference that belongs to it."""

import re

from django.utils.translation import gettext_lazy as _

from apps.core import case_lookup


class EmailForm(case_lookup.EmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "我们把六位数字的验证码发到这里，以后的通知也发到这里。请填写您自己常用的邮箱。"
        )


class LookupForm(case_lookup.CaseLookupForm):
    """Where is my application."""

    shape = re.compile(r"[A-Z]{2}-\d{4}-[A-Z0-9]{4}-[A-Z0-9]{2}")
    example = "ZJ-2026-7K4M-9Q"
    where_from = _("在提交后的页面和邮件里，例如 ZJ-2026-7K4M-9Q。")
    whose_email = _("申请时使用的邮箱。验证码发到这里，确认是您本人后显示进度。")
