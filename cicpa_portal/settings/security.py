"""Headers, cookies and hosts. Nothing is ever loaded from another host."""

from csp.constants import NONE, SELF

from cicpa_portal.settings.mode import PRODUCTION, PUBLIC_URL, env

ALLOWED_HOSTS = env.list("PORTAL_HOSTS", default=["*"] if not PRODUCTION else [])
if not ALLOWED_HOSTS:
    raise SystemExit("Production needs PORTAL_HOSTS: the names under which people reach it, as in members.example.org.")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY = {name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

_https = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_SSL_REDIRECT = env.bool("PORTAL_SSL_REDIRECT", False)
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
