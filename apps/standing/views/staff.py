"""The recorded facts, for those who keep them: look, add one, withdraw one. Many at once come by import."""

from urllib.parse import urlencode

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
from apps.standing.forms import FactForm, WithdrawForm
from apps.standing.models import RecordedFact
from apps.standing.selectors.facts import fact_page, get_fact
from apps.standing.services import record_fact, withdraw_fact
from apps.standing.services.reading import record_fact_reading


class FactsView(TemplateView):
    """The newest first, or those whose name sounds like the one asked for."""

    access = Staff(Permission.RECORD_FACTS)
    template_name = "standing/facts.html"

    def get_context_data(self, **kwargs):
        name = self.request.GET.get("name", "")[:60]
        page = fact_page(name=name, after=self.request.GET.get("after", ""))
        record_fact_reading(self.request.actor, page.facts, now=clock.now())
        query = {"name": name} if name else {}
        following = f"?{urlencode(query | {'after': page.next_cursor})}" if page.next_cursor else ""
        return super().get_context_data(facts=page.facts, name=name, next_url=following, **kwargs)


class AddFactView(FormView):
    access = Staff(Permission.RECORD_FACTS)
    template_name = "standing/add_fact.html"
    form_class = FactForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": clock.today()}

    def form_valid(self, form):
        fact = record_fact(actor=self.request.actor, entry=form.entry(), now=clock.now())
        if fact is None:
            form.add_error(None, _("同一证件号码、情形、决定日期和文书号的记录已经存在，没有重复登记。"))
            return self.form_invalid(form)
        messages.success(self.request, _("已登记。从现在起，审查入会申请时会核对这条记录。"))
        return redirect("standing:fact", fact.pk)


class FactView(View):
    """One fact, whole, and the way to withdraw it."""

    access = Staff(Permission.RECORD_FACTS)

    def get(self, request, fact_id, form=None):
        fact = fact_or_404(fact_id)
        record_fact_reading(request.actor, [fact], now=clock.now())
        return render(request, "standing/fact.html", {"fact": fact, "form": form or WithdrawForm()})

    def post(self, request, fact_id):
        fact_or_404(fact_id)
        form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                withdraw_fact(actor=request.actor, fact_id=fact_id, why=form.cleaned_data["why"], now=clock.now())
            except PortalError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("已撤回。审查入会申请时不再核对这条记录；它仍保留在这里。"))
                return redirect("standing:fact", fact_id)
        return self.get(request, fact_id, form=form)


def fact_or_404(fact_id) -> RecordedFact:
    try:
        return get_fact(fact_id)
    except RecordedFact.DoesNotExist as error:
        raise Http404 from error
