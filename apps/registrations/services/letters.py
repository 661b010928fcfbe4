"""The written notice of a refusal (注册办法 Art. 13): reason, clause, 复议 and 诉讼. Printed once, and kept."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from apps.applicants.services.decision_letter import DecisionLetter, render_decision_letter
from apps.associations.selectors import contact_for
from apps.core.clock import civil_date
from apps.documents.selectors import get_file
from apps.documents.services import store_file
from apps.registrations.enums import Field, State
from apps.registrations.models import Registration
from apps.rules.selectors import get_reason

dated = lazy(date_format, str)
OPENING = _("您于%(day)s通过%(firm)s提出的注册会计师注册申请（%(reference)s），经审查，决定不予注册。")


def refusal_letter_of(registration: Registration, *, now: datetime):
    """The stored file; made when it is first asked for. None where nothing was refused."""
    if registration.state != State.REFUSED:
        return None
    if registration.letter_id is None:
        file = store_file(
            content=render_decision_letter(_letter(registration)),
            media_type="application/pdf",
            purpose="registration.refusal",
            data_key=registration.data_key,
            now=now,
        )
        Registration.objects.filter(pk=registration.pk, letter=None).update(letter=file)
        registration.refresh_from_db(fields=["letter"])
    return get_file(registration.letter_id)


def _letter(registration: Registration) -> DecisionLetter:
    values = {
        "day": dated(civil_date(registration.filed_at)),
        "firm": registration.firm.name,
        "reference": registration.reference,
    }
    return DecisionLetter(
        association=registration.association,
        reference=registration.reference,
        name=registration.answers[Field.NAME],
        decided_on=civil_date(registration.decided_at),
        title=_("不予注册通知书"),
        opening=[
            _Words(
                _("您于%(day)s通过%(firm)s提出的注册会计师注册申请（%(reference)s），经审查，决定不予注册。"), values
            )
        ],
        reason=get_reason(registration.reason_code),
        note=registration.reason_note or "",
        remedies=[
            _("不服这个决定的，可以自收到书面通知之日起依法申请行政复议，也可以依法向人民法院提起行政诉讼。"),
            _("情况改变以后，可以由事务所重新申请。"),
        ],
        phone=contact_for(registration.association).phone,
    )


class _Words:
    """A sentence with values, read once in each language of the letter."""

    def __init__(self, sentence, values: dict):
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return str(self.sentence) % self.values
