"""The rule editor: a new value, what it would change in the open cases, and only then the saving."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from apps.accounts.enums import Permission
from apps.applicants.selectors.rule_effects import effects_of
from apps.core import clock
from apps.core.access import Staff
from apps.core.errors import PortalError, RequirementsMissing
from apps.dashboard.forms.rules import RuleForm, mark_of
from apps.rules.registry import RULES, RuleKind
from apps.rules.selectors.history import marks_of, rows_in_force
from apps.rules.selectors.rule_cases import write_cases
from apps.rules.services import RuleChange, change_rule, end_local_rule, missing_in_change


class ChangeRuleView(View):
    """`preview` shows what would change; `save` saves what was previewed, and previews whatever was not."""

    access = Staff(Permission.MANAGE_RULES)

    def get(self, request, key):
        kind = kind_or_404(key)
        return self.show(kind, RuleForm(kind=kind, initial=present(kind, request.GET.get("association", ""))))

    def post(self, request, key):
        kind = kind_or_404(key)
        form = RuleForm(request.POST, kind=kind)
        if not form.is_valid():
            return self.show(kind, form)
        change = form.change()
        if missing := missing_in_change(change, today=clock.today()):
            return self.refused(kind, form, missing)
        if "save" in request.POST and form.cleaned_data["previewed"] == mark_of(change):
            return self.save(kind, form, change)
        return self.preview(kind, form, change)

    def preview(self, kind: RuleKind, form: RuleForm, change: RuleChange):
        effects = effects_of(change.as_version(), today=clock.today())
        form.data = form.data.copy()
        form.data["previewed"] = mark_of(change)
        return self.show(kind, form, effects=effects, words=kind.value.words(change.value), change=change)

    def save(self, kind: RuleKind, form: RuleForm, change: RuleChange):
        try:
            change_rule(actor=self.request.actor, change=change, seen=form.cleaned_data["seen"], now=clock.now())
        except RequirementsMissing as error:
            return self.refused(kind, form, error.missing)
        except PortalError as error:
            form.data = form.data.copy()
            form.data["seen"] = marks_of(kind.key)
            return self.refused(kind, form, [error])
        messages.success(self.request, _("已保存。有关的期限正在重新计算；以前的申请按以前的取值办理。"))
        return redirect("rules:rule", kind.key)

    def refused(self, kind: RuleKind, form: RuleForm, missing):
        for sentence in missing:
            form.add_error(None, str(sentence))
        return self.show(kind, form)

    def show(self, kind: RuleKind, form: RuleForm, **context):
        return render(self.request, "dashboard/rule_change.html", {"kind": kind, "form": form} | context)


class EndLocalRuleView(View):
    """From today on an association follows everybody's value again."""

    access = Staff(Permission.MANAGE_RULES)

    def post(self, request, key, code):
        kind = kind_or_404(key)
        try:
            end_local_rule(
                actor=request.actor,
                key=kind.key,
                association=code,
                from_day=clock.today(),
                why=request.POST.get("why", "")[:300],
                now=clock.now(),
            )
        except RequirementsMissing as error:
            messages.error(request, str(error.missing[0]))
        except PortalError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("从今天起，这家协会按全国的取值办理。"))
        return redirect("rules:rule", kind.key)


def kind_or_404(key: str) -> RuleKind:
    if key not in RULES:
        raise Http404
    return RULES[key]


def present(kind: RuleKind, association: str) -> dict:
    """The form as the rule stands today: the association's own value where it has one."""
    today = clock.today()
    row = rows_in_force(kind.key, association, today)[0] or rows_in_force(kind.key, "", today)[0]
    plain = {"seen": marks_of(kind.key), "association": association, "in_force_from": today}
    if row is None:
        return plain
    return plain | {
        "value": kind.value.write(row.value),
        "clause_zh": row.clause_zh,
        "clause_en": row.clause_en,
        "test_cases": write_cases(row.test_cases),
    }
