"""Invented candidates: drafts filled in by the services themselves, from the first page to the last."""

import itertools
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.applicants.enums import Page
from apps.applicants.models import Application
from apps.applicants.services.drafts import open_draft, save_page, save_photo
from apps.core.actor import Actor
from apps.documents.services import accept_photo
from tests.factories.accounts import make_actor, make_user
from tests.factories.documents import picture, picture_bytes
from tests.factories.people import resident_id

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, ten in the morning in Beijing: a working day."""
TODAY = date(2026, 3, 2)
ELIGIBILITY = {
    "practising": "never",
    "stopped_on": None,
    "has_certificate": True,
    "certificate_on": "2024-12-20",
    "identity_type": "resident_id",
    "may_start": True,
    "insists": False,
}
DECLARATIONS = {
    "capacity": True,
    "truth": True,
    "note": "",
    "criminal": False,
    "penalty": False,
    "revoked": False,
    "cancelled": False,
    "expelled": False,
    "criminal_on": "",
    "penalty_on": "",
    "revoked_on": "",
    "cancelled_on": "",
}
_sequence = itertools.count(1)


def candidate(email: str | None = None) -> Actor:
    """An account without seats and without second factor."""
    user = make_user(email or f"candidate{next(_sequence)}@example.org")
    return make_actor(user_id=user.pk, second_factor=False, label=f"user:{user.pk}")


def pages_of(**changes) -> dict:
    """The answers of every page but the photo; `changes` by field."""
    answers = {
        Page.IDENTITY: {
            "name": "王小明",
            "identity_type": "resident_id",
            "identity_number": changes.pop("identity_number", None) or resident_id(),
            "identity_country": "",
            "birth_on": "1990-05-03",
            "sex": "male",
        },
        Page.CERTIFICATE: {"certificate_number": "QZ243300001", "certificate_on": "2024-12-20"},
        Page.PRACTISING: {"cpa_number": changes.pop("cpa_number", ""), "stopped_on": changes.pop("stopped_on", "")},
        Page.LATE: {"late_test_on": "", "late_test_number": "", "late_cpe": ""},
        Page.ASSOCIATION: {"association": "330000"},
        Page.CONTACT: {"phone": "+8613800138000", "employer": ""},
        Page.DECLARATIONS: {"declarations": DECLARATIONS},
    }
    return {page: {name: changes.get(name, value) for name, value in part.items()} for page, part in answers.items()}


def make_draft(*, actor: Actor | None = None, now=NOW, photo=True, eligibility=None, **changes) -> Application:
    """A draft with every page filled in, ready to be submitted."""
    actor = actor or candidate()
    draft = open_draft(actor=actor, eligibility=eligibility or ELIGIBILITY, language="zh-hans", now=now)
    for page, answers in pages_of(**changes).items():
        save_page(draft.pk, actor=actor, page=page, answers=answers, now=now)
    if photo:
        save_photo(draft.pk, actor=actor, picture=photo_bytes(), now=now)
    return Application.objects.select_related("data_key").get(pk=draft.pk)


def photo_bytes() -> bytes:
    return accept_photo(SimpleUploadedFile("photo.png", picture_bytes(picture(400, 500))))
