"""Making certificates, sealing them, checking what somebody holds."""

from apps.certificates.services.checking import ExaminersBusy, check_pdf, examine_pdf
from apps.certificates.services.downloading import download_certificate
from apps.certificates.services.erasing import RETAINED
from apps.certificates.services.examining import PdfCheck, SealCheck
from apps.certificates.services.issuing import issue_certificate
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.readiness import try_sealing
from apps.certificates.services.repairing import latest_file
from apps.certificates.services.runs import (
    RunTargetUnknown,
    retry_failures,
    retry_names,
    start_run,
    stop_run,
    work_on_runs,
)
from apps.certificates.services.seal_documents import seal_document
from apps.certificates.services.seal_keys import SealKeyMissing, SpecimenKeyRefused, published_roots, trust_roots
from apps.certificates.services.seal_rotation import mark_compromised, rotate_seal_key
from apps.certificates.services.specimen_keys import make_next_specimen_key, make_specimen_keys
from apps.certificates.services.status_entries import draw_status_entry
from apps.certificates.services.status_lists import signed_status_list
from apps.certificates.services.token_keys import TokenKeyMissing, revoke_token_key, rotate_token_key

__all__ = [
    "RETAINED",
    "ExaminersBusy",
    "MissingGlyphs",
    "PdfCheck",
    "RunTargetUnknown",
    "SealCheck",
    "SealKeyMissing",
    "SpecimenKeyRefused",
    "TokenKeyMissing",
    "check_pdf",
    "download_certificate",
    "draw_status_entry",
    "examine_pdf",
    "issue_certificate",
    "latest_file",
    "make_next_specimen_key",
    "make_specimen_keys",
    "mark_compromised",
    "published_roots",
    "retry_failures",
    "retry_names",
    "revoke_token_key",
    "rotate_seal_key",
    "rotate_token_key",
    "seal_document",
    "signed_status_list",
    "start_run",
    "stop_run",
    "trust_roots",
    "try_sealing",
    "work_on_runs",
]
