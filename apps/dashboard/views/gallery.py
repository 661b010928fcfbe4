"""Every component with its states on one page: for the eye and for the browser tests. In production for staff only."""

from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.applicants.enums import Route
from apps.core.access import ANY_STAFF, PUBLIC, Access
from apps.core.date_boxes import DateBoxesField
from apps.core.help_by_choice import FieldWithHelps
from apps.dashboard.selectors import gallery, gallery_cases, gallery_desk
from apps.people.enums import IdentityType
from apps.people.selectors import NUMBER_HELPS


def gallery_access(*, production: bool) -> Access:
    return ANY_STAFF if production else PUBLIC


class SampleForm(forms.Form):
    name = forms.CharField(label=_("姓名"), help_text=_("与身份证件上完全一致，例如：王小明"))
    employer = forms.CharField(label=_("工作单位"), required=False)
    code = forms.CharField(label=_("验证码"), widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric"}))
    association = forms.ChoiceField(label=_("所属协会"), choices=[("", "—"), ("330000", _("浙江省注协"))])
    birth_on = DateBoxesField(label=_("出生日期"), help_text=_("例如 1990年5月3日"))
    sex = forms.ChoiceField(label=_("性别"), choices=[("1", _("男")), ("2", _("女"))], widget=forms.RadioSelect)
    note = forms.CharField(label=_("补充说明"), widget=forms.Textarea, required=False)
    truth = forms.BooleanField(label=_("我保证所填内容真实"), help_text=_("不真实的申请会被退回。"))
    photo = forms.FileField(label=_("照片"), help_text=_("JPEG 或 PNG，不超过 20 MB"))


class SampleIdentityForm(forms.Form):
    """The number says what to type for the type that is chosen; with another type comes another question."""

    identity_type = forms.ChoiceField(label=_("证件类型"), choices=[("", _("请选择")), *IdentityType.choices])
    identity_number = FieldWithHelps(label=_("证件号码"), chosen_by="identity_type", helps=NUMBER_HELPS)
    birth_on = DateBoxesField(label=_("出生日期"), help_text=_("例如 1990年5月3日"))

    def __init__(self, chosen: str):
        super().__init__(initial={"identity_type": chosen}, auto_id=f"id_{chosen or 'none'}_%s")
        self.asked_by = set(IdentityType.values) - {IdentityType.RESIDENT_ID, IdentityType.RESIDENCE_PERMIT_HMT}
        self.is_asked = chosen in self.asked_by


class SampleDatesForm(forms.Form):
    """Empty, filled in, a day that does not exist."""

    empty = DateBoxesField(label=_("停止执业的日期"), help_text=_("例如 2023年6月30日"), required=False)
    filled = DateBoxesField(label=_("全科合格证上的日期"), required=False)
    wrong = DateBoxesField(label=_("出生日期"), required=False)

    def __init__(self):
        dates = {"filled": ("2024", "12", "20"), "wrong": ("1990", "2", "31")}
        boxes = ("year", "month", "day")
        data = {f"{name}_{box}": text for name, day in dates.items() for box, text in zip(boxes, day, strict=True)}
        super().__init__({f"dates-{name}": text for name, text in data.items()}, prefix="dates")


class SampleFiltersForm(forms.Form):
    route = forms.ChoiceField(label=_("途径"), choices=[("", _("全部")), *Route.choices], required=False)
    officer = forms.ChoiceField(label=_("经办"), choices=[("", _("全部"))], required=False)


class SampleDecisionForm(forms.Form):
    seen = forms.BooleanField(label=_("我已核对：申请人声明曾受行政处罚。"))
    document_number = forms.CharField(label=_("批复文号"), help_text=_("例如 会协〔2026〕12号"))


class GalleryView(TemplateView):
    """`?errors` shows the form as it comes back."""

    access = gallery_access(production=settings.PRODUCTION)
    template_name = "dashboard/gallery.html"

    def get_context_data(self, **kwargs):
        name = gallery.NAMES["english"] * 2
        return super().get_context_data(
            names=gallery.NAMES,
            long_words=gallery.LONG_WORDS,
            notices=gallery.NOTICES,
            rows=gallery.ROWS,
            step_lists=gallery.STEPS,
            clocks=gallery.CLOCKS,
            history=gallery.HISTORY,
            deliveries=gallery.DELIVERIES,
            tables=gallery.tables(),
            charts=gallery.charts(),
            cases=gallery_cases.cases(),
            comparison=gallery_cases.comparison(),
            checklist=gallery_cases.checklist(),
            identity_forms=[SampleIdentityForm(chosen) for chosen in ("", *IdentityType.values)],
            dates_form=SampleDatesForm(),
            decision_form=SampleDecisionForm(),
            pages=gallery.PAGES,
            crumbs=[{"label": _("首页"), "url": "/"}, {"label": _("样式陈列")}],
            form=SampleForm(data={"name": name, "note": gallery.LONG_WORDS} if "errors" in self.request.GET else None),
            due_on=gallery.DUE_ON,
            **kwargs,
        )


class GalleryPageView(TemplateView):
    """A page for a fault, or the desk with invented work, as its reader would see it, with the status of a page that
    works."""

    access = gallery_access(production=settings.PRODUCTION)

    def get_template_names(self):
        if self.kwargs["page"] not in gallery.PAGES:
            raise Http404
        return [gallery.PAGES[self.kwargs["page"]]]

    def get_context_data(self, **kwargs):
        if kind := gallery.WORK_LISTS.get(self.kwargs["page"]):
            return super().get_context_data(filters=SampleFiltersForm(), **gallery_desk.work_list(kind=kind), **kwargs)
        return super().get_context_data(until=datetime(2026, 11, 25, 12, 0, tzinfo=UTC), **kwargs)
