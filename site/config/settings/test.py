"""Tests: the embedded defaults, or the servers that the environment names."""

import tempfile
from pathlib import Path

from config.env import env
from config.settings.base import *  # noqa: F403  (the idiom of layered Django settings)
from config.settings.base import DATABASES, STORAGES, TASKS

SECRET_KEY = "only-for-tests-" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA_DIR = Path(tempfile.mkdtemp(prefix="data-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="uploads-"))
UPLOADS_IN_PARTS = Path(tempfile.mkdtemp(prefix="parts-"))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS["default"]["BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"
if not env.database_url:
    DATABASES["default"]["NAME"] = ":memory:"  # a developer's own library is never looked at
