"""Settings that hold everywhere. What an operator may change comes from `config.env`."""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url

from config.csp import admin_policy, embed_policy, public_policy
from config.env import ROOT, env

DEBUG = False
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = list(env.allowed_hosts)
SITE_URL = env.site_url
TRUSTED_PROXIES = env.trusted_proxies

INSTALLED_APPS = [
    # Ours, in the order in which they may import each other (docs/adr/0001).
    "privacy",
    "search",
    "media",
    "core",
    "resources",
    "episodes",
    "courses",
    "partnerships",
    "community",
    "home",
    "demo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.api.v2",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "media.provider.package.Package",  # wagtail_transcription, without what is dangerous in it
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "django_tasks_db",
    "storages",
    "csp",
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
    "core.middleware.RefuseBadInput",
    "core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.RefuseLongForms",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.routing.FindPage",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "episodes.middleware.SayWhatIsOpen",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
            ],
            "builtins": ["core.templatetags.look"],
        },
    },
]

# DEFERRED, SQLite's own default, answers "database is locked" at once when two writers meet;
# IMMEDIATE queues them, and WAL lets readers go on meanwhile (docs/adr/0003).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}
DATABASES: dict[str, Any] = {
    "default": (
        dict(dj_database_url.parse(env.database_url, conn_max_age=60, conn_health_checks=True))
        if env.database_url
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.data_dir / "site.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    )
}
# Its own migrations are of an old Wagtail; without this, new ones would land in site-packages.
MIGRATION_MODULES = {"wagtail_transcription": "media.provider.migrations"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

DATA_DIR = env.data_dir
STATIC_URL = "/static/"
STATIC_ROOT = env.data_dir / "static"
STATICFILES_DIRS = [ROOT / "site/static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.data_dir / "uploads"
UPLOADS_IN_PARTS = env.data_dir / "uploads-in-parts"
ACCEL_REDIRECT = env.accel_redirect
MAX_UPLOAD_GB = env.max_upload_gb
SPEECH_MODEL_DIR = env.speech_model_dir
SPEECH_THREADS = env.speech_threads
SPEECH_AT_UPLOAD = env.speech_at_upload
# The keys of the bucket are read from the environment by boto3: whatever stands in OPTIONS here
# would be written, in clear, into the rows of background tasks.
STORAGES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": env.s3_bucket,
                "file_overwrite": False,
                "max_memory_size": 16_000_000,  # what is read goes to the disk, not to memory
            },
        }
        if env.s3_bucket
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "core.static_files.StaticFiles"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_TEMP_DIR = None

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# What takes minutes waits in `long`, which has a worker of its own; mail never stands behind it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

if env.email_url:
    globals().update(dj_email_url.parse(env.email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.data_dir / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Discreet",
            "format": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.log_level.upper()},
}

CONTENT_SECURITY_POLICY = {"DIRECTIVES": public_policy()}
ADMIN_CONTENT_SECURITY_POLICY = admin_policy()
EMBED_CONTENT_SECURITY_POLICY = embed_policy()
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its own previews
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

WAGTAIL_SITE_NAME = "Dixons OpenSource"
WAGTAILADMIN_BASE_URL = env.site_url
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "odp", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.picture_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILAPI_LIMIT_MAX = 100
# Only the editors' own search uses this; readers search through `search/` (docs/adr/0006).
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}
}

ASSEMBLYAI_API_KEY = env.assemblyai_api_key
ASSEMBLYAI_URL = env.assemblyai_url
ASSEMBLYAI_MODELS = list(env.assemblyai_models)
ASSEMBLYAI_WEBHOOK = env.assemblyai_webhook
ASSEMBLYAI_DELETE = env.assemblyai_delete

ELASTICSEARCH_URL = env.elasticsearch_url
# What a test or a second site in the same cluster sets apart.
SEARCH_INDEX = f"opensource-{urlsplit(env.site_url).hostname}"
