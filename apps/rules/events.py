"""What happens to the rules. `calendar.loaded` carries {"year"}: deadlines that touch that year are counted afresh."""

CALENDAR_LOADED = "calendar.loaded"
