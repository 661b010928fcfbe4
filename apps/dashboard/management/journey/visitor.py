"""A visitor who reads pages and fills in forms, as a browser without scripts does."""

from urllib.parse import urljoin

import httpx
from lxml import html

Files = dict[str, tuple[str, bytes, str]]


class JourneyFailed(Exception):
    """The portal did not do what this step expects. The message says where, and what the page said."""


class Visitor:
    """One browser: its cookies, the page that it is on. Addresses are relative to `base_url`."""

    def __init__(self, base_url: str, *, language: str = "zh-hans"):
        self._http = httpx.Client(base_url=base_url, follow_redirects=True, timeout=60)
        self._http.cookies.set("language", language)
        self.response: httpx.Response | None = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._http.close()

    def open(self, address: str) -> "Visitor":
        return self._arrive(self._http.get(address))

    def status(self, address: str) -> int:
        """What an address answers, without going there."""
        return self._http.get(address).status_code

    def follow(self, text: str) -> "Visitor":
        """Click the first link whose text contains `text`."""
        for link in self.page.xpath("//a[@href]"):
            if text in _words(link):
                return self.open(urljoin(str(self.response.url), link.get("href")))
        raise JourneyFailed(f"no link “{text}” at {self.response.url}")

    def fill(self, values: dict | None = None, *, button: str = "", files: Files | None = None) -> "Visitor":
        """Fill in and send the form that has a button with this text (or else all the named fields)."""
        values = values or {}
        form = self._find_form(values, button)
        fields = self._defaults(form) | values | self._pressed(form, button)
        target = urljoin(str(self.response.url), form.get("action") or str(self.response.url))
        referer = {"Referer": str(self.response.url)}
        if (form.get("method") or "get").lower() == "get":
            return self._arrive(self._http.get(target, params=fields))
        return self._arrive(self._http.post(target, data=fields, files=files, headers=referer))

    @property
    def page(self):
        return html.fromstring(self.response.content, parser=html.HTMLParser(encoding="utf-8"))

    @property
    def text(self) -> str:
        """The words of the page's main part."""
        main = self.page.xpath("//main")
        return _words(main[0] if main else self.page)

    def again(self) -> "Visitor":
        """The same page, as it is now."""
        return self.open(str(self.response.url))

    def has_form(self, button: str) -> bool:
        return any(self._pressed(form, button, must=True) is not None for form in self.page.xpath("//main//form"))

    def address_with(self, *parts: str) -> str:
        """The first link of the page whose address contains all `parts`."""
        for link in self.page.xpath("//main//a/@href"):
            if all(part in link for part in parts):
                return urljoin(str(self.response.url), link)
        raise JourneyFailed(f"no link with {parts} at {self.response.url}: {self.text[:400]}")

    @property
    def receipt(self) -> str:
        """The number that a receipt panel shows large."""
        shown = self.page.xpath("//*[contains(@class, 'receipt-reference')]")
        if not shown:
            raise JourneyFailed(f"no number at {self.response.url}: {self.text[:400]}")
        return "".join(_words(shown[0]).split())

    @property
    def heading(self) -> str:
        return _words(self.page.xpath("//h1")[0])

    @property
    def verdict(self) -> str:
        """The one large word of a verify page."""
        words = self.page.xpath("//*[contains(@class, 'verdict-word')]")
        return _words(words[0]) if words else f"no verdict: {self.text[:200]}"

    @property
    def mails(self) -> str:
        """The words of the demo mailbox's mails, newest first."""
        return "\n".join(_words(mail) for mail in self.page.xpath("//main//details/pre"))

    def expect(self, words: str) -> "Visitor":
        if words not in self.text:
            raise JourneyFailed(f"expected “{words}” at {self.response.url}, which says: {self.text[:400]}")
        return self

    def _arrive(self, response: httpx.Response) -> "Visitor":
        self.response = response
        if response.status_code >= 400:
            raise JourneyFailed(f"{response.request.method} {response.url} answered {response.status_code}")
        if response.headers.get("content-type", "").startswith("text/html"):
            errors = self.page.xpath("//*[contains(concat(' ', @class, ' '), ' error-summary ')]")
            if errors:
                raise JourneyFailed(f"{response.url} found fault: {_words(errors[0])}")
        return self

    def _find_form(self, values, button):
        for form in self.page.xpath("//main//form"):
            names = {field.get("name") for field in form.xpath(".//*[@name]")}
            if set(values) <= names and (not button or self._pressed(form, button, must=True) is not None):
                return form
        raise JourneyFailed(
            f"no form with {sorted(values)} and button “{button}” at {self.response.url}: {self.text[:400]}"
        )

    @staticmethod
    def _pressed(form, button, *, must=False):
        """What the button adds to the form; where there is none, nothing, or None if it `must` be there."""
        for element in form.xpath(".//button | .//input[@type='submit']"):
            if button and button in (_words(element) or element.get("value") or ""):
                return {element.get("name"): element.get("value") or ""} if element.get("name") else {}
        return None if must else {}

    @staticmethod
    def _defaults(form) -> dict:
        fields: dict = {}
        for element in form.xpath(".//input[@name] | .//textarea[@name]"):
            kind = element.get("type", "text")
            if kind in {"submit", "button", "file", "image"} or (
                kind in {"radio", "checkbox"} and element.get("checked") is None
            ):
                continue
            value = element.text or "" if element.tag == "textarea" else element.get("value")
            fields[element.get("name")] = "on" if kind == "checkbox" and value is None else value or ""
        for select in form.xpath(".//select[@name]"):
            chosen = select.xpath(".//option[@selected]") or select.xpath(".//option[1]")
            fields[select.get("name")] = chosen[0].get("value", "") if chosen else ""
        return fields


def _words(element) -> str:
    return " ".join(element.text_content().split())
