"""The address of the site, kept in step with what the operator sets."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PLAIN = {"http": 80, "https": 443}


def point_site(sender: Any = None, *, url: str = "", **kwargs: Any) -> None:
    """Copy SITE_URL, or `url`, into Wagtail's site, from which sitemap and canonical links come.

    A site to which an administrator has given another name than localhost is left alone.
    """
    parts = urlsplit(url or settings.SITE_URL)
    port = parts.port or PLAIN.get(parts.scheme, 80)
    ours = Site.objects.filter(is_default_site=True, hostname="localhost").exclude(
        hostname=parts.hostname, port=port
    )
    if ours.update(hostname=parts.hostname, port=port):
        Site.clear_site_root_paths_cache()
