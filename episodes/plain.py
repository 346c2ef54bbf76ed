"""What may stand in XML, and whole addresses."""

from django.conf import settings

from media.letters import plain

__all__ = ["absolute", "plain"]


def absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"
