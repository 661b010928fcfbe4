"""What is recorded about members: look, add one, end or withdraw one."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView, TemplateView

from apps.accounts.enums import Permission
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError
from apps.members.enums import MemberKind
from apps.members.selectors import membership_by_number
from apps.standing.enums import OUTCOMES, Outcome
from apps.standing.forms import EndForm, MemberRecordForm, WithdrawForm
from apps.standing.models import MemberRecord
from apps.standing.selectors.member_records import get_member_record, record_page
from apps.standing.services import end_member_record, record_about_member, withdraw_member_record
from apps.standing.services.member_records import record_member_record_reading


class MemberRecordsView(TemplateView):
    """The newest first, or those of the member with a number."""

    access = Staff(Permission.RECORD_FACTS)
    template_name = "standing/member_records.html"

    def get_context_data(self, **kwargs):
        kind, number = self.request.GET.get("kind", ""), self.request.GET.get("number", "")[:40]
        asked = membership_by_number(kind, number) if number and kind in MemberKind.values else None
        is_asked = bool(number.strip())
        page = record_page(person_id=_asked_person(asked, is_asked), after=self.request.GET.get("after", ""))
        record_member_record_reading(self.request.actor, page.records, now=clock.now())
        query = {"kind": kind, "number": number} if is_asked else {}
        following = f"?{urlencode(query | {'after': page.next_cursor})}" if page.next_cursor else ""
        return super().get_context_data(
            records=page.records,
            kinds=[{"value": value, "label": label, "chosen": value == kind} for value, label in MemberKind.choices],
            number=number,
            next_url=following,
            **kwargs,
        )


def _asked_person(membership, is_asked: bool) -> UUID | None:
    """Nobody's where a number leads to nobody."""
    if not is_asked:
        return None
    return membership.person_id if membership else UUID(int=0)


class AddMemberRecordView(FormView):
    access = Staff(Permission.RECORD_FACTS)
    template_name = "standing/add_member_record.html"
    form_class = MemberRecordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": clock.today()}

    def form_valid(self, form):
        person_id = form.membership.person_id
        try:
            row = record_about_member(
                actor=self.request.actor, person_id=person_id, entry=form.entry(), now=clock.now()
            )
        except PortalError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("已登记。会员的良好存续情况从现在起按这条记录计算。"))
        return redirect("standing:member_record", row.pk)


class MemberRecordView(View):
    """One record, whole, and the ways to end or withdraw it."""

    access = Staff(Permission.RECORD_FACTS)

    def get(self, request, record_id, **forms):
        row = record_or_404(record_id)
        record_member_record_reading(request.actor, [row], now=clock.now())
        may_end = row.withdrawn_at is None and row.until_on is None and Outcome(row.outcome) in ENDING
        context = {
            "record": row,
            "form": forms.get("withdraw") or forms.get("end"),
            "withdrawal": forms.get("withdraw") or WithdrawForm(),
            "ending": (forms.get("end") or EndForm(today=clock.today())) if may_end else None,
        }
        return render(request, "standing/member_record.html", context)

    def post(self, request, record_id):
        record_or_404(record_id)
        way = "end" if "end" in request.POST else "withdraw"
        form = EndForm(request.POST, today=clock.today()) if way == "end" else WithdrawForm(request.POST)
        if form.is_valid():
            try:
                self._act(way, record_id, form.cleaned_data)
            except PortalError as error:
                for sentence in getattr(error, "missing", None) or [str(error)]:
                    form.add_error(None, str(sentence))
            else:
                return redirect("standing:member_record", record_id)
        return self.get(request, record_id, **{way: form})

    def _act(self, way: str, record_id, answers: dict) -> None:
        given = {"actor": self.request.actor, "record_id": record_id, "now": clock.now()}
        if way == "end":
            end_member_record(on=answers["on"], **given)
            messages.success(self.request, _("已记下结束日期。"))
        else:
            withdraw_member_record(why=answers["why"], **given)
            messages.success(self.request, _("已撤回。这条记录不再影响会员；它仍保留在这里。"))


ENDING = {outcome for matter in OUTCOMES for outcome in OUTCOMES[matter] if matter in {"proceedings", "discipline"}} - {
    Outcome.ADMONISHED
}


def record_or_404(record_id) -> MemberRecord:
    try:
        return get_member_record(record_id)
    except MemberRecord.DoesNotExist as error:
        raise Http404 from error
