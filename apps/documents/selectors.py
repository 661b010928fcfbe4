from uuid import UUID

from apps.documents.models import StoredFile


def get_file(file_id: UUID) -> StoredFile:
    """The file with its key, ready to be read."""
    return StoredFile.objects.select_related("data_key").get(pk=file_id)
