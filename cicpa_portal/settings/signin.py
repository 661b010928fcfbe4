"""Signing in. The accounts app fills this in."""

LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/account/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
