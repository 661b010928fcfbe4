"""Which papers an application needs, and which have come."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.applicants.enums import AttachmentKind, Field, Route, State
from apps.applicants.models import Application, Attachment
from apps.applicants.selectors.drafts import eligibility_of
from apps.core.clock import civil_date
from apps.documents.enums import UploadState
from apps.documents.selectors import pages_in_order
from apps.rules.selectors import rule_value

WELCOME = {Route.EX_PRACTISING: AttachmentKind.PRACTISING_END}
WELCOME_LATE = {"test": AttachmentKind.LATE_TEST, "cpe_proof": AttachmentKind.CPE_PROOF}
"""What helps the officer, whether or not a rule demands it: by route, and of the late ones by the rule's mode."""
MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class AskedPaper:
    """One kind of paper that this application asks for, with what has come of it."""

    kind: AttachmentKind
    is_required: bool
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.attachments) >= MOST_OF_A_KIND

    @property
    def has_usable(self) -> bool:
        return any(attachment.upload.state == UploadState.CLEAN for attachment in self.attachments)


def asked_papers(application: Application, *, today: date) -> list[AskedPaper]:
    """By the rules of the application date (of a draft: of today), in the order of the kinds; extra ones last."""
    on = civil_date(application.submitted_at) if application.submitted_at else today
    code = application.association_id or application.answers.get(Field.ASSOCIATION)
    route = _route(application, on)
    required = set(rule_value("application.required_documents", on=on, association_code=code).get(route, []))
    welcome = {WELCOME.get(route)} if route != Route.LATE else {WELCOME_LATE.get(_late_mode(on, code))}
    come = attachments_of(application)
    kinds = required | {kind for kind in welcome if kind} | {attachment.kind for attachment in come}
    if application.state == State.CORRECTION_REQUESTED:
        kinds.add(AttachmentKind.OTHER)
    return [
        AskedPaper(kind, kind in required, [attachment for attachment in come if attachment.kind == kind])
        for kind in AttachmentKind
        if kind in kinds
    ]


def attachments_of(application: Application) -> list[Attachment]:
    """In the order in which they came, with the pages of those that are clean: two questions."""
    return list(_with_pages().filter(application=application))


def get_attachment(application: Application, attachment_id) -> Attachment | None:
    return _with_pages().filter(application=application, pk=attachment_id).first()


def missing_papers(application: Application, *, today: date) -> list[str]:
    """What stands between a draft and its submission: papers that have not come, or are not checked yet."""
    missing = []
    for paper in asked_papers(application, today=today):
        if paper.is_required and not paper.attachments:
            missing.append(_("请上传“%(kind)s”。") % {"kind": paper.kind.label})
        states = {attachment.upload.state for attachment in paper.attachments}
        if UploadState.REFUSED in states:
            missing.append(_("“%(kind)s”中有不能使用的文件。请移除后重新上传。") % {"kind": paper.kind.label})
        if UploadState.WAITING in states:
            missing.append(_("“%(kind)s”正在检查，一般几秒钟。请稍后再提交。") % {"kind": paper.kind.label})
    return missing


def usable_kinds(application: Application) -> list[str]:
    """The kinds of which a clean paper has come."""
    clean = Attachment.objects.filter(application=application, upload__state=UploadState.CLEAN)
    return sorted(set(clean.values_list("kind", flat=True)))


def papers_since(application: Application, moment: datetime) -> int:
    """How many usable papers have come since a request."""
    return Attachment.objects.filter(
        application=application, added_at__gte=moment, upload__state=UploadState.CLEAN
    ).count()


def _with_pages() -> QuerySet[Attachment]:
    pages = Prefetch("upload__pages", queryset=pages_in_order())
    return Attachment.objects.select_related("upload").prefetch_related(pages).order_by("added_at", "pk")


def _route(application: Application, on: date) -> str:
    if application.state != State.DRAFT:
        return application.route
    return eligibility_of(application, on=on).route or Route.FRESH_PASSER


def _late_mode(on: date, association_code: str | None) -> str:
    return rule_value("late_admission.mode", on=on, association_code=association_code)
