"""A letter that gives notice of a decision, in Chinese and in English. It knows no case: any process fills it in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from apps.documents.services import printable, render_pdf

TEMPLATE, STYLE = "documents/applicants/decision_letter.html", "documents/applicants/letter.css"


@dataclass(frozen=True)
class DecisionLetter:
    """Words are lazy translations: each is read once in Chinese and once in English.

    `association` signs (label), `reason` has `text` and `clause` in the reader's language (a row of the catalogue of
    reasons), `note` stands as its officer wrote it, `remedies` say what the reader can do, a sentence each.
    """

    association: object
    reference: str
    name: str
    decided_on: date
    title: object
    opening: Sequence
    reason: object | None = None
    note: str = ""
    remedies: Sequence = field(default_factory=list)
    phone: str = ""


def render_decision_letter(letter: DecisionLetter) -> bytes:
    """The PDF: a page in Chinese, a page in English."""
    context = {
        "letter": letter,
        "name": printable(letter.name),
        "note": printable(letter.note),
        "languages": ["zh-hans", "en"],
    }
    return render_pdf(TEMPLATE, context, language="zh-hans", stylesheet=STYLE)
