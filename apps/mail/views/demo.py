"""The demo's mailbox: what the portal has sent, since the demo has no outside world. No such address elsewhere."""

from pathlib import Path

from django.conf import settings
from django.views.generic import TemplateView

from apps.core.access import PUBLIC
from apps.mail.selectors.demo import demo_mailbox


class DemoMailboxView(TemplateView):
    access = PUBLIC
    template_name = "mail/demo_mailbox.html"

    def get_context_data(self, **kwargs):
        to = self.request.GET.get("to", "")
        mails = demo_mailbox(Path(settings.EMAIL_FILE_PATH), to=to)
        return super().get_context_data(mails=mails, to=to, **kwargs)
