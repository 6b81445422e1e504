"""The settings of the project. What may differ from place to place is read in ``archive.environment``."""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from archive import environment, secret_key
from archive.database import address

ENVIRONMENT = environment.read()
BASE_DIR = environment.ROOT
DATA_DIR = ENVIRONMENT.data

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or secret_key.kept_in(DATA_DIR)
SITE_NAME = ENVIRONMENT.site_name
SITE_URL = ENVIRONMENT.site_url
PROXIES = ENVIRONMENT.proxies
LTI = ENVIRONMENT.lti
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
if SITE_URL:
    ALLOWED_HOSTS.append(urlsplit(SITE_URL).hostname or "")

INSTALLED_APPS = [
    "archive",
    "documents",
    "ingest",
    "search",
    "interchange",
    "classroom",
    "classroom.lti",
    "haystack",
    "axes",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "classroom.every_page.EveryPage",
    "classroom.teachers_page.teachers_page",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

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
                "archive.context.site",
            ],
        },
    }
]

# Database

EMBEDDED_DATABASE = None if ENVIRONMENT.database_url else DATA_DIR / "database"
DATABASES = {
    "default": {
        "ENGINE": "archive.database",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        **(address.embedded(EMBEDDED_DATABASE) if EMBEDDED_DATABASE else address.parse(ENVIRONMENT.database_url)),
    }
}

# Search

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": environment.ENGINES[ENVIRONMENT.search_engine],
        "PATH": str(DATA_DIR / "index"),
        "URL": ENVIRONMENT.search_url,
        "INDEX_NAME": ENVIRONMENT.search_index,
        "SILENTLY_FAIL": False,
    }
}
HAYSTACK_SIGNAL_PROCESSOR = "search.indexing.signals.PublicationSignalProcessor"

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "archive.storage.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# Guessing a password: after ten wrong ones a name is locked, for this address, for a quarter of an hour.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False

# Where those sign in who have accounts; editing has a page of its own.
LOGIN_URL = "classroom_sign_in"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# What editors send: a pasted text, or many files at once (ingest.admin.bringing says how many)

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# Language, time, logs

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        # Tells of each address that fails, with all of the stack; what comes of it is told where it matters.
        "opensearch": {"level": "CRITICAL"},
    },
}
