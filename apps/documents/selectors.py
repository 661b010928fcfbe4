from uuid import UUID

from django.db.models import QuerySet

from apps.documents.models import StoredFile, Upload, UploadPage


def get_file(file_id: UUID) -> StoredFile:
    """The file with its key, ready to be read."""
    return StoredFile.objects.select_related("data_key").get(pk=file_id)


def pages_in_order() -> QuerySet[UploadPage]:
    """The pages of clean uploads, for a prefetch."""
    return UploadPage.objects.order_by("number")


def page_file(upload: Upload, number: int) -> StoredFile | None:
    """The picture of a page, ready to be read; None where there is no such page, or nobody may see it yet."""
    page = UploadPage.objects.filter(upload=upload, number=number).select_related("file__data_key").first()
    return page and page.file


def file_by_sha256(sha256: str) -> StoredFile | None:
    """A file with exactly these bytes, the one kept first; None where there is none, or none any more."""
    found = StoredFile.objects.filter(sha256=sha256).select_related("data_key")
    return found.order_by("created_at", "pk").first()
