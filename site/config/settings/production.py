"""Production: as development, but it refuses to start half configured, and speaks HTTPS only."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env
from config.settings.base import *  # noqa: F403  (the idiom of layered Django settings)

MISSING = [
    name
    for name, value in (
        ("SECRET_KEY", env.secret_key),
        ("ALLOWED_HOSTS", env.allowed_hosts),
        ("EMAIL_URL", env.email_url),
    )
    if not value
]
if MISSING:
    raise ImproperlyConfigured(
        f"Set {', '.join(MISSING)} in the environment; docs/operating/settings.md says how."
    )
if len(env.secret_key) < 50 or len(set(env.secret_key)) < 5:
    raise ImproperlyConfigured("SECRET_KEY needs 50 characters or more, made at random.")
if not env.site_url.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https:// in production.")

CSRF_TRUSTED_ORIGINS = [env.site_url]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if env.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
