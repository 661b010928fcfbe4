"""The pages of a correction, narrowed to what was asked, together on one screen."""

from datetime import date

from apps.applicants.enums import Field, Page
from apps.applicants.forms.pages import PAGE_FORMS
from apps.applicants.models import CorrectionRequest

PAGE_OF = {
    Field.NAME: Page.IDENTITY,
    Field.IDENTITY_TYPE: Page.IDENTITY,
    Field.IDENTITY_NUMBER: Page.IDENTITY,
    Field.IDENTITY_COUNTRY: Page.IDENTITY,
    Field.SEX: Page.IDENTITY,
    Field.BIRTH_ON: Page.IDENTITY,
    Field.ENGLISH_NAME: Page.IDENTITY,
    Field.CPA_NUMBER: Page.PRACTISING,
    Field.STOPPED_ON: Page.PRACTISING,
    Field.CERTIFICATE_NUMBER: Page.CERTIFICATE,
    Field.CERTIFICATE_ON: Page.CERTIFICATE,
    Field.ASSOCIATION: Page.ASSOCIATION,
    Field.LATE_TEST_ON: Page.LATE,
    Field.LATE_TEST_NUMBER: Page.LATE,
    Field.LATE_CPE: Page.LATE,
    Field.PHONE: Page.CONTACT,
    Field.EMPLOYER: Page.CONTACT,
    Field.PHOTO: Page.PHOTO,
    Field.DECLARATIONS: Page.DECLARATIONS,
}


class CorrectionForms:
    """One narrowed form a page, each beside the officer's words. They are valid only together."""

    def __init__(self, correction: CorrectionRequest, data=None, files=None, *, saved: dict, today: date):
        self.correction = correction
        self.refusal: list = []
        items = list(correction.items.all())
        self.papers = [item for item in items if item.field == Field.ATTACHMENTS]
        """Answered on a page of their own, where files are sent one by one."""
        self.sections = []
        for page in Page:
            asked = [item for item in items if PAGE_OF.get(item.field) == page]
            if asked:
                only = {item.field for item in asked}
                form = PAGE_FORMS[page](data, files, saved=saved, today=today, only=only)
                self.sections.append({"page": page, "items": asked, "form": form})

    @property
    def forms(self) -> list:
        return [section["form"] for section in self.sections]

    @property
    def names(self) -> set[str]:
        return {name for form in self.forms for name in form.fields}

    @property
    def errors(self) -> bool:
        """Every form is looked at, so that all errors are shown at once."""
        return sum(len(form.errors) for form in self.forms) > 0

    def is_valid(self) -> bool:
        return not self.errors

    def answers(self) -> dict:
        return {name: value for form in self.forms for name, value in form.answers().items()}

    @property
    def picture(self) -> bytes | None:
        return next((form.picture for form in self.forms if getattr(form, "picture", None)), None)
