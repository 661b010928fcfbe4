"""What a form that was sent says besides its fields."""


def posted_version(request) -> int:
    """The version that the form speaks of; -1, which nothing has, where it is not a number."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
