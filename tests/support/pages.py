"""Addresses that several browser tests visit."""

OPEN_PAGES = [
    "/",
    "/apply/",
    "/apply/questions/practising/",
    "/apply/questions/certificate/",
    "/apply/email/",
    "/progress/",
    "/register/",
    "/register/?name=王小明",
    "/verify/",
    "/associations/",
    "/announcements/",
    "/signin/",
    "/display/",
]
"""What anybody may open, without arguments of their own."""
