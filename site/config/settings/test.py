"""Tests: the embedded defaults, or the servers that the environment names."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.env import env
from config.settings.base import *  # noqa: F403  (the idiom of layered Django settings)
from config.settings.base import DATABASES, STORAGES, TASKS


def folder(name: str) -> Path:
    """An empty folder, which goes with the process."""
    path = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


SECRET_KEY = "only-for-tests-" * 4
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATA_DIR = folder("data")
MEDIA_ROOT = folder("uploads")
UPLOADS_IN_PARTS = folder("parts")
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
