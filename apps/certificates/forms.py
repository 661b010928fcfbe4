"""Which certificates a run issues again, and why."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.associations.selectors import all_associations
from apps.certificates.enums import RunScope
from apps.certificates.selectors.seals import registered_seal_keys
from apps.certificates.selectors.token_keys import token_keys
from apps.members.enums import MemberKind


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
        help_text=_("写入操作记录，例如：浙江省注册会计师协会更名，印章和名称已更换。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明原因，例如：浙江省注册会计师协会更名，印章和名称已更换。")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", _("请选择")), *_choices()]

    def clean_whose(self) -> tuple[str, str]:
        """The scope and its target."""
        scope, _colon, target = self.cleaned_data["whose"].partition(":")
        return scope, target


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
