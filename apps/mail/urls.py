from django.conf import settings
from django.urls import path

app_name = "mail"

urlpatterns = []
if settings.DEMO:
    from apps.mail.views.demo import DemoMailboxView

    urlpatterns += [path("demo/mail/", DemoMailboxView.as_view(), name="demo_mailbox")]
