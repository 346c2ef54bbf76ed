"""`make run`: the whole product on the embedded defaults, for one machine."""

from config.env import env
from config.secret import kept_secret
from config.settings.base import *  # noqa: F403  (the idiom of layered Django settings)
from config.settings.base import STORAGES

DEBUG = env.debug
SECRET_KEY = env.secret_key or kept_secret(env.data_dir / "secret-key")
ALLOWED_HOSTS = list(env.allowed_hosts) or ["localhost", "127.0.0.1", "[::1]", "testserver"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
