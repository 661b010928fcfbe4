"""What changes of records tell the floors above. Ids only; no personal data."""

PHOTO_DECLINED = "photo.declined"
"""{"offer_id", "person_id"}"""
