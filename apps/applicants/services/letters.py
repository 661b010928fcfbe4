"""The letters of a case: receipt, refusal, decision of an appeal. Printed once, outside any lock, and kept."""

import base64
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.applicants.enums import AppealState, Field, LetterKind, State
from apps.applicants.models import Appeal, Application, Letter
from apps.applicants.selectors.summary import summary_pages
from apps.applicants.services.decision_letter import DecisionLetter, render_decision_letter
from apps.associations.selectors import contact_for, national_body
from apps.core.clock import civil_date
from apps.documents.services import printable, read_file, render_pdf, store_file
from apps.rules.selectors import get_reason, rule_value

dated = lazy(date_format, str)


def receipt_of(application: Application, *, now: datetime) -> Letter:
    """What was sent, as it was sent. Made when the case was submitted; asked for later, it is the same file."""
    return _letter(application, LetterKind.RECEIPT, "", print_receipt, now)


def refusal_letter_of(application: Application, *, now: datetime) -> Letter | None:
    """Of the refusal that holds now; None where there is none."""
    if application.state != State.REFUSED:
        return None
    return _letter(application, LetterKind.REFUSAL, _moment(application.local_decided_at), print_refusal, now)


def appeal_letter_of(appeal: Appeal, *, now: datetime) -> Letter | None:
    """Of a decided appeal; None before."""
    if appeal.state == AppealState.FILED:
        return None
    return _letter(
        appeal.application, LetterKind.APPEAL, _moment(appeal.decided_at), lambda _case: print_appeal(appeal), now
    )


def _letter(
    application: Application, kind: LetterKind, occasion: str, print_it: Callable[[Application], bytes], now: datetime
) -> Letter:
    kept = Letter.objects.select_related("file__data_key").filter(application=application, kind=kind, occasion=occasion)
    return kept.first() or _keep(application, kind, occasion, print_it(application), now) or kept.get()


def _keep(application, kind, occasion, content: bytes, now: datetime) -> Letter | None:
    """None where another worker was first."""
    try:
        with transaction.atomic():
            file = store_file(
                content=content,
                media_type="application/pdf",
                purpose=f"application.{kind}",
                data_key=application.data_key,
                now=now,
            )
            return Letter.objects.create(application=application, kind=kind, occasion=occasion, file=file, made_at=now)
    except IntegrityError:
        return None


def _moment(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S.%f")


def print_receipt(application: Application) -> bytes:
    with override(application.language):
        context = {
            "application": application,
            "name": printable(application.answers[Field.NAME]),
            "pages": [_printable_page(page) for page in summary_pages(application, changeable=False)],
            "photo": _as_address(application),
            "contact": contact_for(application.association),
            "progress": settings.PUBLIC_URL + reverse("applicants:progress"),
        }
    template = "documents/applicants/receipt.html"
    return render_pdf(template, context, language=application.language, stylesheet="documents/applicants/letter.css")


def _printable_page(page: dict) -> dict:
    rows = [{"label": row["label"], "value": printable(str(row["value"] or ""))} for row in page["rows"]]
    return page | {"rows": rows}


def _as_address(application: Application) -> str:
    if application.shown_photo is None:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(read_file(application.shown_photo)).decode()


def print_refusal(application: Application) -> bytes:
    """Reason and clause from the catalogue, the officer's words as they are, and where to appeal until when."""
    decided_on = civil_date(application.local_decided_at)
    days = int(rule_value("appeal.days", on=decided_on, association_code=application.association_id))
    values = {
        "day": dated(civil_date(application.submitted_at)),
        "reference": application.reference,
        "last": dated(decided_on + timedelta(days=days)),
        "page": settings.PUBLIC_URL + reverse("applicants:progress_case", args=[application.reference]),
        "phone": contact_for(national_body()).phone,
    }
    letter = DecisionLetter(
        title=_("不予登记决定书"),
        opening=[_said(_("您于%(day)s提交的非执业会员入会申请（%(reference)s）收悉。经审查，决定不予登记。"), values)],
        remedies=[
            _said(_("不同意这个决定的，可以在%(last)s以前（含当日）向中国注册会计师协会申诉：%(page)s"), values),
            _said(_("申诉由没有参与这件申请的人决定，结果书面告诉您。咨询电话：%(phone)s"), values),
            _("情况改变以后，在规定的期限内可以重新申请。"),
        ],
        reason=get_reason(application.reason_code),
        note=application.reason_note or "",
        **_of_case(application, decided_on, application.association),
    )
    return render_decision_letter(letter)


def print_appeal(appeal: Appeal) -> bytes:
    values = {"day": dated(civil_date(appeal.filed_at)), "reference": appeal.application.reference}
    outcome = {
        AppealState.UPHELD: _("决定：维持原决定。"),
        AppealState.SET_ASIDE: _("决定：撤销原决定，由所属协会重新审查，审查期限重新计算。"),
    }
    letter = DecisionLetter(
        title=_("申诉决定书"),
        opening=[
            _said(_("您于%(day)s就申请 %(reference)s 提出的申诉收悉，由没有参与这件申请的人审查。"), values),
            outcome[appeal.state],
        ],
        note=appeal.answer,
        **_of_case(appeal.application, civil_date(appeal.decided_at), national_body()),
    )
    return render_decision_letter(letter)


def _of_case(application: Application, decided_on, association) -> dict:
    return {
        "association": association,
        "reference": application.reference,
        "name": application.answers[Field.NAME],
        "decided_on": decided_on,
        "phone": contact_for(association).phone,
    }


_said = lazy(lambda sentence, values: str(sentence) % values, str)
"""A sentence with its values, in the language in which it is read."""
