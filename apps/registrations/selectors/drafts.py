"""What a case still lacks before it can go on."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from apps.people.enums import IdentityType
from apps.people.selectors import IdentityNumberRefused, read_identity_number
from apps.registrations.enums import PAGE_OF, Field, Page, State
from apps.registrations.models import Registration

REQUIRED = {
    Page.IDENTITY: (Field.NAME, Field.IDENTITY_TYPE, Field.IDENTITY_NUMBER, Field.SEX, Field.BIRTH_ON),
    Page.CERTIFICATE: (Field.CERTIFICATE_NUMBER, Field.CERTIFICATE_ON),
    Page.EXPERIENCE: (Field.EMPLOYED_ON, Field.EXPERIENCE),
    Page.CONTACT: (Field.EMAIL, Field.PHONE),
    Page.PHOTO: (),
}


def is_page_done(registration: Registration, page: Page) -> bool:
    if page in registration.answers.get("typed", {}):
        return False
    if page == Page.PHOTO:
        return registration.photo_id is not None
    return all(registration.answers.get(field) for field in REQUIRED[page])


def pages_open_to_change(registration: Registration) -> list[Page]:
    """All of a draft; of a case with gaps, those that were asked about."""
    if registration.state == State.DRAFT:
        return list(Page)
    if registration.state != State.GAPS:
        return []
    asked = {PAGE_OF.get(item.field, Page.IDENTITY) for item in open_gaps(registration)}
    return [page for page in Page if page in asked]


def open_gaps(registration: Registration) -> list:
    """What the association has asked for and not received yet."""
    gap_list = registration.gap_lists.filter(answered_at=None).prefetch_related("items__data_key").first()
    return list(gap_list.items.all()) if gap_list else []


def missing_requirements(registration: Registration, *, today: date) -> list[dict]:
    """{page, sentence}: what must be filled in before the candidate is asked."""
    missing = [
        {"page": page, "sentence": _("请填写“%(page)s”。") % {"page": page.label}}
        for page in Page
        if not is_page_done(registration, page)
    ]
    return missing or _contradictions(registration.answers, today)


def _contradictions(answers: dict, today: date) -> list[dict]:
    found = []
    try:
        read_identity_number(answers[Field.IDENTITY_TYPE], answers[Field.IDENTITY_NUMBER], today=today)
    except IdentityNumberRefused as error:
        found.append({"page": Page.IDENTITY, "sentence": str(error)})
    if answers[Field.IDENTITY_TYPE] == IdentityType.PASSPORT and not answers.get(Field.WORK_PERMIT):
        sentence = _("持护照的申请人须填写外国人工作许可证号（注册办法第六条）。")
        found.append({"page": Page.IDENTITY, "sentence": sentence})
    return found
