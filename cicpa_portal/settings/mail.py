"""Mail leaves through Django's back end; what is sent, to whom, and how it went are rows of the mail app."""

from cicpa_portal.settings.mode import DATA_DIR, DEMO, TESTING, env

EMAIL_CONFIG = env.email_url("EMAIL_URL", "smtp://localhost:25")
vars().update(EMAIL_CONFIG)  # EMAIL_HOST, EMAIL_PORT and the rest
MAIL_CONTEXT = "cicpa_portal.context.mail"
"""Gives every mail the portal's address and whom to phone; mail itself knows no associations."""
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("PORTAL_MAIL_FROM", "CICPA <no-reply@localhost>")
if DEMO:
    # The demo has no outside world: what is sent lies in this folder and is shown at /demo/mail/.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
if TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

MAIL_BOUNCES_TO = env.str("PORTAL_MAIL_BOUNCES_TO", "")
"""Where servers send back what they could not deliver; empty: to the sender itself."""
MAIL_REPORTS_SECRET = env.str("PORTAL_MAIL_REPORTS_SECRET", "")
"""Who may report at /mail/bounces/; empty: nobody."""
SMS_GATEWAY = env.str("PORTAL_SMS_GATEWAY", "")
"""The class that sends text messages (apps/mail/services/sms.py says what it must have); empty: no such channel."""
SMS_OPTIONS = env.json("PORTAL_SMS_OPTIONS", {})
if DEMO:
    SMS_GATEWAY, SMS_OPTIONS = "apps.mail.services.sms.FileGateway", {"folder": str(EMAIL_FILE_PATH)}
if TESTING:
    SMS_GATEWAY, SMS_OPTIONS = "apps.mail.services.sms.MemoryGateway", {}
