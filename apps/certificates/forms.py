"""Which certificates a run issues again, and why."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import all_associations
from apps.certificates.enums import RunScope, RunTelling
from apps.certificates.selectors.seals import registered_seal_keys
from apps.certificates.selectors.token_keys import token_keys
from apps.members.enums import MemberKind
from apps.rules.selectors import rule_value


class RunForm(forms.Form):
    whose = forms.ChoiceField(
        label=_("重新签发哪些会员证"),
        choices=list,
        error_messages={
            "required": _("请选择重新签发哪些会员证，例如一个协会的全部会员证。"),
            "invalid_choice": _("没有这个选项。请从列表中选择。"),
        },
    )
    reason = forms.CharField(
        label=_("原因"),
        help_text=_("写入操作记录，会员在自己的账户里也会看到。例如：浙江省注册会计师协会更名，印章和名称已更换。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明原因，例如：浙江省注册会计师协会更名，印章和名称已更换。")},
    )

    telling = forms.ChoiceField(
        label=_("怎样告诉会员"),
        required=False,
        choices=RunTelling,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("没有这个选项。请从列表中选择。")},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", _("请选择")), *_choices()]
        self.fields["telling"].help_text = _("按规则：%(scopes)s发邮件，其余不发。") % {"scopes": _told_by_rule(today)}

    def clean_whose(self) -> tuple[str, str]:
        """The scope and its target."""
        scope, _colon, target = self.cleaned_data["whose"].partition(":")
        return scope, target

    def clean_telling(self) -> bool | None:
        """Whether the members are written to; None: as the rule says."""
        return {RunTelling.MAIL: True, RunTelling.QUIET: False}.get(self.cleaned_data["telling"])


def _told_by_rule(today) -> str:
    told = rule_value("run.mailed", on=today)
    return _("、").join(str(RunScope(scope).label) for scope in told) or _("都不")


def _choices() -> list:
    return [
        (f"{RunScope.OUTDATED.value}:", RunScope.OUTDATED.label),
        (RunScope.ASSOCIATION.label, [(f"association:{body.code}", body.label) for body in all_associations()]),
        (RunScope.KIND.label, [(f"kind:{kind.value}", kind.label) for kind in MemberKind]),
        (
            RunScope.SEAL_KEY.label,
            [
                (f"seal_key:{key.key_id}", _key_label(key))
                for key in registered_seal_keys().select_related("association")
            ],
        ),
        (
            RunScope.TOKEN_KEY.label,
            [(f"token_key:{key.key_id}", f"{key.key_id} · {key.get_state_display()}") for key in token_keys()],
        ),
    ]


def _key_label(key) -> str:
    state = key.get_state_display()
    return f"{key.association.label} · {date_format(key.active_from)} · {state} · {key.key_id[:8]}"
