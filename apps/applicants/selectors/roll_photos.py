"""The photos that came with the roll. They answer officers; a candidate is never shown one."""

from apps.applicants.models import RollEntry, RollPhoto


def roll_photo_of(entry: RollEntry | None) -> RollPhoto | None:
    """The present photo of a line, ready to be read."""
    if entry is None:
        return None
    photos = RollPhoto.objects.filter(entry=entry, superseded_at=None)
    return photos.select_related("picture__data_key").first()
