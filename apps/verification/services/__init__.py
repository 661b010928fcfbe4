"""Looking at what somebody holds: the PDF, or a picture of its QR. Neither is kept."""

from apps.verification.services.files import verdict_on_pdf
from apps.verification.services.pictures import PictureUnread, QrFound, qr_in_picture, verdict_on_foreign_qr

__all__ = ["PictureUnread", "QrFound", "qr_in_picture", "verdict_on_foreign_qr", "verdict_on_pdf"]
