"""Apps, middleware, templates and addresses."""

from cicpa_portal.settings.mode import BASE_DIR, DEBUG

PORTAL_APPS = [
    "apps.core",
    "apps.audit",
    "apps.outbox",
    "apps.documents",
    "apps.mail",
    "apps.accounts",
    "apps.imports",
    "apps.associations",
    "apps.rules",
    "apps.content",
    "apps.people",
    "apps.firms",
    "apps.members",
    "apps.standing",
    "apps.applicants",
    "apps.certificates",
    "apps.complaints",
    "apps.movements",
    "apps.registrations",
    "apps.letters",
    "apps.verification",
    "apps.notifications",
    "apps.dashboard",
]

INSTALLED_APPS = [
    *PORTAL_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cicpa_portal.compression.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cicpa_portal.maintenance.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cicpa_portal.middleware.ActorMiddleware",
    "cicpa_portal.middleware.AccessMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "debug": DEBUG,
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cicpa_portal.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "cicpa_portal.urls"
WSGI_APPLICATION = "cicpa_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
