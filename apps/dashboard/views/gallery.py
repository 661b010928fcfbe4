"""Every component with its states on one page: for the eye and for the browser tests. Not part of production."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from apps.core.access import PUBLIC

NOTICES = [
    {"tone": "info", "title": _("说明"), "text": _("省级注协审查您的资料，您现在无需操作。")},
    {"tone": "waiting", "title": _("等您补正"), "text": _("请在 2026年12月31日 前更换照片。")},
    {"tone": "done", "title": _("有效"), "text": _("我们已收到您的申请。")},
    {"tone": "refused", "title": _("已失效"), "text": _("会员资格已于 2026年3月5日 终止。")},
]
ROWS = [
    {"label": _("姓名"), "value": "阿卜杜拉·买买提依明", "change_url": "/"},
    {"label": _("全科合格证号"), "value": "QZ24330001234", "change_url": "/"},
    {"label": _("工作单位"), "value": ""},
]
STEPS = [
    {"label": _("已提交"), "state": "done"},
    {"label": _("省级审查"), "state": "current"},
    {"label": _("全国复核"), "state": "todo"},
    {"label": _("成为会员"), "state": "todo"},
]
CLOCKS = [{"used": 7}, {"used": 9, "paused": True}, {"used": 22, "provisional": True}, {"used": 11, "stopped": True}]


class SampleForm(forms.Form):
    name = forms.CharField(label=_("姓名"), help_text=_("与身份证件上完全一致，例如：王小明"))
    employer = forms.CharField(label=_("工作单位"), required=False)
    code = forms.CharField(label=_("验证码"), widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric"}))
    association = forms.ChoiceField(label=_("所属协会"), choices=[("", "—"), ("330000", _("浙江省注协"))])
    sex = forms.ChoiceField(label=_("性别"), choices=[("1", _("男")), ("2", _("女"))], widget=forms.RadioSelect)
    note = forms.CharField(label=_("补充说明"), widget=forms.Textarea, required=False)
    truth = forms.BooleanField(label=_("我保证所填内容真实"), help_text=_("不真实的申请会被退回。"))
    photo = forms.FileField(label=_("照片"), help_text=_("JPEG 或 PNG，不超过 20 MB"))


class GalleryView(TemplateView):
    access = PUBLIC
    template_name = "dashboard/gallery.html"

    def get_context_data(self, **kwargs):
        crumbs = [{"label": _("首页"), "url": "/"}, {"label": _("样式陈列")}]
        form = SampleForm(data={"name": "王小明"} if "errors" in self.request.GET else None)
        return super().get_context_data(
            notices=NOTICES, rows=ROWS, steps=STEPS, clocks=CLOCKS, crumbs=crumbs, form=form, due_on=date(2026, 3, 28)
        )
