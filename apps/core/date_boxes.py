"""A date in three boxes: year, month, day, as people say it, without a calendar to click through."""

import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DateBoxes(forms.MultiWidget):
    template_name = "components/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs=None):
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        widgets = {
            "year": forms.TextInput(attrs={**digits, "maxlength": 8}),
            "month": forms.TextInput(attrs={**digits, "maxlength": 4}),
            "day": forms.TextInput(attrs={**digits, "maxlength": 4}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.year, value.month, value.day] if value else ["", "", ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        labels = (_("年"), _("月"), _("日"))
        for box, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            box["label"] = label
        return context

    def id_for_label(self, id_):
        return f"{id_}_year" if id_ else id_


class DateBoxesField(forms.MultiValueField):
    """A date not after `latest` (given by the form, which knows today). Empty boxes are None where not required."""

    widget = DateBoxes
    default_error_messages = {
        "required": _("请填写年、月、日，例如 2024年12月20日。"),
        "incomplete": _("日期不完整。请把年、月、日都填上，例如 2024年12月20日。"),
        "invalid": _("没有这一天。请核对年、月、日，例如 2024年12月20日。"),
        "future": _("日期在今天之后。请核对年份，例如 2024年12月20日。"),
        "ancient": _("年份太早。请填写四位数的年份，例如 2024。"),
    }

    def __init__(self, *, needed_by_case: bool = False, **kwargs):
        """`needed_by_case`: another answer decides whether the date is needed, so it is not called optional."""
        super().__init__(
            fields=[forms.CharField(required=False) for _box in range(3)], require_all_fields=False, **kwargs
        )
        self.latest: date | None = None
        self.needed_by_case = needed_by_case

    def clean(self, value):
        boxes = [_half_width(text) for text in (value or ["", "", ""])]
        if not any(boxes):
            if self.required:
                raise self._error("required")
            return None
        if not all(boxes):
            raise self._error("incomplete")
        return self._checked(boxes)

    def _checked(self, boxes: list[str]) -> date:
        try:
            day = date(*(int(text) for text in boxes))
        except (ValueError, OverflowError) as error:
            raise self._error("invalid") from error
        if day.year < 1900:
            raise self._error("ancient")
        if self.latest and day > self.latest:
            raise self._error("future")
        return day

    def _error(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)

    def compress(self, data_list):
        raise NotImplementedError("clean() does it all")


def _half_width(text) -> str:
    return unicodedata.normalize("NFKC", str(text or "")).strip().rstrip("年月日").strip()
