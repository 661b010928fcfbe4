"""Looking at what somebody holds, and nothing of it is kept; sharing more than that by a link."""

from apps.verification.services.erasing import RETAINED
from apps.verification.services.files import verdict_on_pdf
from apps.verification.services.pictures import PictureUnread, QrFound, qr_in_picture, verdict_on_foreign_qr
from apps.verification.services.sharing import LinkClosed, TooManyLinks, create_link, open_link, revoke_link

__all__ = [
    "RETAINED",
    "LinkClosed",
    "PictureUnread",
    "QrFound",
    "TooManyLinks",
    "create_link",
    "open_link",
    "qr_in_picture",
    "revoke_link",
    "verdict_on_foreign_qr",
    "verdict_on_pdf",
]
