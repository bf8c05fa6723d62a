"""Every setting of the product, typed and read from the environment.

With `DATABASE_URL` unset the embedded PostgreSQL and Valkey of `lsp.embedded` are meant, and the settings are those of
a demonstration on one's own machine. With it set they are those of a server: HTTPS, no default secret.
"""

from pathlib import Path
from typing import Any

import dj_database_url
import dj_email_url
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env
from whitenoise.compress import Compressor

from core.database import options_of
from lsp.embedded.places import default_environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

EMBEDDED: bool = not env.str("DATABASE_URL", "")
_embedded: dict[str, str] = default_environment() if EMBEDDED else {}


def _setting(name: str, default: str = "") -> str:
    """The environment's value; else the embedded servers' own; else the default."""
    return env.str(name, "") or _embedded.get(name, default)


# The process

SECRET_KEY: str = _setting("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])  # those of before, for what they have encrypted
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
HTTPS: bool = env.bool("LSP_HTTPS", not EMBEDDED)
DEMONSTRATION: bool = env.bool("LSP_DEMONSTRATION", EMBEDDED)
SITE_URL: str = env.str("LSP_SITE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "lsp",
    "django.forms",  # its widget templates are the last resort of ours
    "core",
    "accounts",
    "partnerships",
    "jobs",
    "documents",
    "invitations",
    "imports",
    "reviews",
    "themes",
    "strategies",
    "accreditation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lsp.middleware.SessionLimitsMiddleware",
    "lsp.middleware.AccessMiddleware",
    "lsp.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "lsp.urls"
WSGI_APPLICATION = "lsp.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The database: `DATABASE_URL` names the application's role; `DATABASE_OWNER_URL` is for `migrate` alone.

DATABASE_URL: str = _setting("DATABASE_URL")
DATABASE_OWNER_URL: str = _setting("DATABASE_OWNER_URL")
DATABASE_POOL: int = env.int("DATABASE_POOL", 0)
# Seconds. It soon stops calling a server that is away, so that the first request after its return calls anew.
POOL = {"min_size": 1, "max_size": DATABASE_POOL, "timeout": 5, "reconnect_timeout": 2}
# No task holds a transaction while it renders, no page waits for a lock longer than a person would.
PATIENCE = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
_database: dict[str, Any] = {**dj_database_url.parse(DATABASE_URL, conn_health_checks=True)}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **_database,
        "OPTIONS": {**options_of(_database, PATIENCE), **({"pool": POOL} if DATABASE_POOL else {})},
    }
}

# The broker and the cache: one Valkey. The cache holds rate limits only, the broker nothing that is not also a row.

REDIS_URL: str = _setting("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
}
CELERY_BROKER_URL: str = _setting("CELERY_BROKER_URL", REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # the sweep rings again; a page never waits for a broker that is away
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,  # of those who ring; a worker tries for ever
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
    "visibility_timeout": 600,
}
CELERY_TIMEZONE = "Europe/London"

# Jobs: seconds. A worker shows that it lives every JOB_HEARTBEAT; who has not for JOB_LOST_AFTER has died.

JOB_HEARTBEAT = env.int("LSP_JOB_HEARTBEAT", 5)
JOB_LOST_AFTER = env.int("LSP_JOB_LOST_AFTER", 30)
JOB_SWEEP_EVERY = env.int("LSP_JOB_SWEEP_EVERY", 15)
JOB_ATTEMPTS = 5
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # A ring that nobody heard is worth nothing once the next one rings.
    "jobs.sweep": {"task": "jobs.sweep", "schedule": JOB_SWEEP_EVERY, "options": {"expires": JOB_SWEEP_EVERY}},
    "documents.scan_waiting": {"task": "documents.scan_waiting", "schedule": 600, "options": {"expires": 600}},
    "documents.sweep": {"task": "documents.sweep", "schedule": crontab(hour="3", minute="47")},
    "imports.forget": {"task": "imports.forget", "schedule": crontab(hour="3", minute="27")},
    "invitations.forget": {"task": "invitations.forget", "schedule": crontab(hour="3", minute="37")},
    "accounts.clear_sessions": {"task": "accounts.clear_sessions", "schedule": crontab(hour="3", minute="17")},
    "partnerships.end_announced": {"task": "partnerships.end_announced", "schedule": crontab(hour="0", minute="2")},
    "partnerships.tell_heads": {"task": "partnerships.tell_heads", "schedule": crontab(hour="4", minute="7")},
    # The Government Office's queue
    "reviews.remind": {"task": "reviews.remind", "schedule": crontab(hour="7", minute="30")},
    "reviews.return_claims": {
        "task": "reviews.return_claims",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
}

# Private files: generated and uploaded documents, below no address of the web server.

PRIVATE_ROOT = Path(_setting("LSP_PRIVATE_ROOT", str(BASE_DIR / "var" / "private")))
UPLOAD_LIMIT: int = env.int("LSP_UPLOAD_LIMIT", 20) * 1024 * 1024  # bytes; said in megabytes
SCANNER: str = env.str("LSP_SCANNER", "none" if DEMONSTRATION else "").strip()

# People and permissions

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "partnerships.backends.AccessBackend",
]
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # guardian keeps the rows; its own backend knows no dates
    # HSTS for subdomains and for browsers' lists binds names that are not ours: whoever owns the domain decides.
    "security.W005",
    "security.W021",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None  # guardian's own user row: nobody is anonymous and permitted
GUARDIAN_MONKEY_PATCH_USER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by invitation, which proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ConfirmForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/15m/key",  # an address is locked for fifteen minutes after five wrong passwords
    "reset_password": "20/m/ip,5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15  # seconds in which nobody is asked again, before a deed that matters
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4

# The second factor: an app, a key, and codes on paper for whoever loses both.

MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "LSP"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are half a minute wrong
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is made by invitation, which proves the address
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole office signs in from one address
MFA_FORMS = {
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
    "login_webauthn": "accounts.forms.SignInByKeyForm",
    "authenticate": "accounts.forms.CodeForm",
    "authenticate_webauthn": "accounts.forms.KeyForm",
    "reauthenticate": "accounts.forms.ConfirmByCodeForm",
    "reauthenticate_webauthn": "accounts.forms.ConfirmByKeyForm",
}
# Days from the appointment to a role that is for people with a second factor alone.
SECOND_FACTOR_GRACE_DAYS: int = env.int("LSP_SECOND_FACTOR_GRACE_DAYS", 365 if DEMONSTRATION else 14)

INVITATION_DAYS: int = env.int("LSP_INVITATION_DAYS", 14)  # for so long the link in a letter opens

# How long one stays signed in: without doing anything (minutes), and at most (seconds).

IDLE_MINUTES: int = env.int("LSP_IDLE_MINUTES", 30)

# History: signed by the settings that `partnerships.tenancy.context` makes, not by pghistory's middleware.

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

# Pages

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lsp.navigation.page_context",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("govuk",)
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(_setting("LSP_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf"]  # read by the PDF engine alone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
}

# The wire

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS: bool = env.bool("LSP_HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD: bool = env.bool("LSP_HSTS_PRELOAD", False)
BEHIND_PROXY: bool = env.bool("LSP_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # or everybody's tries count as one network's, the proxy's
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12  # from the sign-in, not from the last page: see accounts.limits
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
CSRF_FAILURE_VIEW = "lsp.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of a form without its files
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.intake.BoundedUploadHandler",
]

# Without EMAIL_URL letters are written to a folder, where a demonstration can be watched sending them.
_mail_folder = _setting("LSP_MAIL_ROOT", str(BASE_DIR / "var" / "mail"))
_email: dict[str, Any] = dj_email_url.parse(env.str("EMAIL_URL", f"file:///{_mail_folder}"))
EMAIL_BACKEND: str = _email["EMAIL_BACKEND"]
EMAIL_FILE_PATH: str = _email["EMAIL_FILE_PATH"]
EMAIL_HOST: str = _email["EMAIL_HOST"]
EMAIL_PORT: int = _email["EMAIL_PORT"]
EMAIL_HOST_USER: str = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD: str = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS: bool = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL: bool = _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str("LSP_FROM_EMAIL", "LSP <no-reply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LSP_LOG_LEVEL", "INFO")},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
