"""Which association decides, and will be the member's own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import Field, Page
from apps.associations.enums import NATIONAL_CODE
from apps.associations.selectors import association_choices
from apps.core.page_form import PageForm
from apps.people.selectors import is_overseas


def _choices():
    return [("", _("请选择")), *association_choices(with_national=False)]


class AssociationForm(PageForm):
    """The roll's province is proposed. Candidates from abroad, Hong Kong, Macau and Taiwan belong to 中注协."""

    page = Page.ASSOCIATION

    association = forms.ChoiceField(
        label=_("所属协会"),
        help_text=_("通常是您参加考试或现在工作所在地的协会。它审查您的申请，入会后也由它服务。"),
        choices=_choices,
        error_messages={"required": _("请选择所属协会，例如：浙江省注册会计师协会。")},
    )

    @property
    def is_fixed(self) -> bool:
        """Nothing to choose: the document has decided."""
        return is_overseas(self.saved.get(Field.IDENTITY_TYPE, ""))

    def initial_from(self, saved: dict) -> dict:
        return {Field.ASSOCIATION: saved.get(Field.ASSOCIATION) or saved.get("roll_province")}

    def narrow(self, only: set[str]) -> None:
        super().narrow(set() if self.is_fixed else only)

    def answers(self) -> dict:
        return {Field.ASSOCIATION: NATIONAL_CODE} if self.is_fixed else super().answers()
