"""Keeping files, making photos fit the rules, printing pages as PDF."""

from apps.documents.services.files import FileDamaged, file_response, read_file, store_file
from apps.documents.services.fonts import missing_characters
from apps.documents.services.pdf import render_pdf
from apps.documents.services.photos import PhotoRule, UploadRefused, accept_photo

__all__ = [
    "FileDamaged",
    "PhotoRule",
    "UploadRefused",
    "accept_photo",
    "file_response",
    "missing_characters",
    "read_file",
    "render_pdf",
    "store_file",
]
