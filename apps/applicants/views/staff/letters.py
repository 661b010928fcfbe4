"""Whether applicants were reached: the list of those who were not, writing again, the phone call; and the national
body's list of what was asked late."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.enums import Field
from apps.applicants.selectors.corrections import late_questions, unreached_cases
from apps.applicants.services.reading import record_list_reading
from apps.applicants.services.telling import record_phone_call, send_message_again, tell_again
from apps.applicants.views.staff.case import CaseDoor
from apps.applicants.views.staff.pager import page_asked_for, pager_of
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError


class UnreachedView(View):
    """Corrections of which no message has arrived: whom to phone, at which number, and since when."""

    access = Staff(Permission.REVIEW_APPLICATION)

    def get(self, request):
        now = clock.now()
        page = page_asked_for(request, unreached_cases(request.actor, now=now), "changed_at")
        record_list_reading(request.actor, page.rows, now=now)
        rows = [
            {
                "application": case,
                "name": case.answers.get(Field.NAME, ""),
                "phone": case.answers.get(Field.PHONE, ""),
                "request": next(one for one in case.corrections.all() if one.answered_at is None),
            }
            for case in page.rows
        ]
        context = {"rows": rows} | pager_of(page)
        return render(request, "applicants/office/unreached.html", context)


class _Telling(CaseDoor):
    """A button of that list."""

    http_method_names = ["post"]

    def post(self, request, reference):
        application = self.load()
        try:
            asked = self.act(actor=request.actor, application_id=application.pk, now=clock.now())
        except PortalError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.success % {"reference": reference, "day": asked.answer_by})
        return redirect("applicants:unreached")


class PhoneCallView(_Telling):
    act = staticmethod(record_phone_call)

    @property
    def success(self):
        return _("已记下电话告知 %(reference)s，补正期限从今天重新计算，到 %(day)s。")


class TellAgainView(_Telling):
    act = staticmethod(tell_again)

    @property
    def success(self):
        return _("已再次通知 %(reference)s，补正期限从今天重新计算，到 %(day)s。")


class SendAgainView(CaseDoor):
    """The same message once more, from the list on the case."""

    http_method_names = ["post"]

    def post(self, request, reference):
        application = self.load()
        try:
            message_id = UUID(request.POST.get("message", ""))
        except ValueError as error:
            raise Http404 from error
        sent = send_message_again(
            actor=request.actor, application_id=application.pk, message_id=message_id, now=clock.now()
        )
        if sent:
            messages.success(request, _("已再发一次，几秒钟后可以看到结果。"))
        else:
            messages.error(request, _("这条通知的内容已经清除，不能再发。请致电申请人。"))
        return redirect("applicants:case", reference)


class LateQuestionsView(View):
    """What associations asked for later than at once, with the reason they gave."""

    access = Staff(Permission.RECHECK_APPLICATION)

    def get(self, request):
        page = page_asked_for(request, late_questions(request.actor), "-asked_at")
        record_list_reading(request.actor, [item.request.application for item in page.rows], now=clock.now())
        context = {"items": page.rows} | pager_of(page)
        return render(request, "applicants/office/late_questions.html", context)
