"""What every page knows: who reads it, where to find help."""


def page(request):
    return {"actor": getattr(request, "actor", None)}
