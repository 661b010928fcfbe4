"""How the reader wants pages to look."""

from dataclasses import dataclass

from apps.dashboard.enums import Scheme, TextSize

TEXT_COOKIE = "text_size"
SCHEME_COOKIE = "scheme"


@dataclass(frozen=True)
class Display:
    text: TextSize
    scheme: Scheme

    @property
    def large_text(self) -> bool:
        return self.text is TextSize.LARGE

    @property
    def colour_schemes(self) -> str:
        """What the page tells the browser, so that its own controls follow."""
        return {Scheme.LIGHT: "light", Scheme.DARK: "dark"}.get(self.scheme, "light dark")


def display_preferences(cookies: dict) -> Display:
    """The remembered choice; a cookie that says anything else counts as none."""
    return Display(
        _choice(TextSize, cookies.get(TEXT_COOKIE), TextSize.NORMAL),
        _choice(Scheme, cookies.get(SCHEME_COOKIE), Scheme.AUTO),
    )


def _choice(choices, value, default):
    return choices(value) if value in choices.values else default
