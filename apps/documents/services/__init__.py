"""Keeping files, making photos fit the rules, printing pages as PDF."""

from apps.documents.services.files import (
    FileDamaged,
    NewFile,
    discard_file,
    erase_files_under,
    file_response,
    read_file,
    store_file,
    store_files,
)
from apps.documents.services.fonts import FONT_CHAIN, font_file, missing_characters, printable
from apps.documents.services.photos import PhotoRule, UploadRefused, WrongSize, accept_photo
from apps.documents.services.segments import open_stored, store_stream
from apps.documents.services.sweeping import sweep_files
from apps.documents.services.uploads import carry_over, check_due_uploads, forget_upload, take_in


def render_pdf(
    template: str, context: dict, *, language: str, stylesheet: str = "", pdf_variant: str = "pdf/a-2u"
) -> bytes:
    """Print a template in a language. Pictures that belong to a person go in as `data:` addresses.

    `stylesheet`, a template without variables, is read once: for a document that is printed often.
    """
    from apps.documents.services import pdf  # WeasyPrint takes half a second and 30 MB: only who prints loads it

    return pdf.render_pdf(template, context, language=language, stylesheet=stylesheet, pdf_variant=pdf_variant)


__all__ = [
    "FONT_CHAIN",
    "FileDamaged",
    "NewFile",
    "PhotoRule",
    "UploadRefused",
    "WrongSize",
    "accept_photo",
    "carry_over",
    "check_due_uploads",
    "discard_file",
    "erase_files_under",
    "file_response",
    "font_file",
    "forget_upload",
    "missing_characters",
    "open_stored",
    "printable",
    "read_file",
    "render_pdf",
    "store_file",
    "store_files",
    "store_stream",
    "sweep_files",
    "take_in",
]
