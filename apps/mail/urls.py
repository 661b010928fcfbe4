from django.conf import settings
from django.urls import path

from apps.mail.views.reports import ReportView

app_name = "mail"

urlpatterns = [path("mail/bounces/", ReportView.as_view(), name="reports")]
if settings.DEMO:
    from apps.mail.views.demo import DemoMailboxView

    urlpatterns += [path("demo/mail/", DemoMailboxView.as_view(), name="demo_mailbox")]
