"""What to type as the number of each identity document: its format, an example, the keyboard for it."""

from django.utils.translation import gettext_lazy as _

from apps.core.help_by_choice import ChoiceHelp
from apps.people.enums import IdentityType

_SENTENCES = {
    IdentityType.RESIDENT_ID: _("18 位，最后一位可以是 X，例如 11010519491231002X。"),
    IdentityType.RESIDENCE_PERMIT_HMT: _("18 位，以 81、82 或 83 开头，例如 810000199001010019。"),
    IdentityType.HK_MACAU_PERMIT: _("H 或 M 加 8 位数字，例如 H12345678。"),
    IdentityType.TAIWAN_PERMIT: _("8 位数字，例如 12345678。"),
    IdentityType.FOREIGN_PR: _("18 位，以 9 开头；旧证是 3 个字母加 12 位数字，例如 USA110019850101。"),
    IdentityType.PASSPORT: _("5 至 20 位字母和数字，例如 E12345678。"),
    IdentityType.OTHER: _("与证件上一致，3 至 40 个字。"),
}
_DIGITS_ONLY = frozenset({IdentityType.TAIWAN_PERMIT})
_WITHOUT_LETTERS = frozenset({IdentityType.TAIWAN_PERMIT, IdentityType.OTHER})

NUMBER_HELPS = tuple(
    ChoiceHelp(
        choice=type.value,
        label=type.label,
        sentence=_SENTENCES[type],
        inputmode="numeric" if type in _DIGITS_ONLY else "text",
        capitals=type not in _WITHOUT_LETTERS,
    )
    for type in IdentityType
)
"""In the order of the types."""
