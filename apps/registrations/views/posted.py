"""What a form that was sent says besides its fields."""

from django.http import QueryDict

LONGEST = 2000


def posted_version(request) -> int:
    """The version that the form speaks of; -1, which nothing has, where it is not a number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def typed_values(data: QueryDict, names) -> dict[str, list[str]]:
    """What stands in the boxes of a page, word for word; a date has three boxes."""
    boxes = {name + part for name in names for part in ("", "_year", "_month", "_day")}
    return {key: [value[:LONGEST] for value in data.getlist(key)[:1]] for key in boxes & set(data)}


def as_posted(typed: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
