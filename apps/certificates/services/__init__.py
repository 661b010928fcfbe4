"""Making certificates, sealing them, checking what somebody holds."""

from apps.certificates.services.checking import PdfCheck, SealCheck, check_pdf
from apps.certificates.services.downloading import download_certificate
from apps.certificates.services.issuing import issue_certificate
from apps.certificates.services.page import MissingGlyphs
from apps.certificates.services.seal_documents import seal_document
from apps.certificates.services.seal_keys import SealKeyMissing, SpecimenKeyRefused, trust_roots
from apps.certificates.services.specimen_keys import make_specimen_keys

__all__ = [
    "MissingGlyphs",
    "PdfCheck",
    "SealCheck",
    "SealKeyMissing",
    "SpecimenKeyRefused",
    "check_pdf",
    "download_certificate",
    "issue_certificate",
    "make_specimen_keys",
    "seal_document",
    "trust_roots",
]
