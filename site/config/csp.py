"""Content-Security-Policy: one for readers, one for Wagtail's admin (docs/adr/0004)."""

import os
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE


def storage_origins() -> list[str]:
    """Where signed links of the bucket point to, so that pictures and talks may load from it."""
    bucket = os.environ.get("S3_BUCKET")
    if not bucket:
        return []
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        return [f"https://{bucket}.s3.amazonaws.com"]
    parts = urlsplit(endpoint)
    return [f"{parts.scheme}://{parts.netloc}", f"{parts.scheme}://{bucket}.{parts.netloc}"]


def public_policy() -> dict[str, Any]:
    """Nothing but our own files; no inline script or style without this answer's nonce."""
    files = [SELF, *storage_origins()]
    return {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [*files, "data:"],
        "media-src": files,
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }


def admin_policy() -> dict[str, Any]:
    """Wagtail's date fields and inline panels need inline scripts; nothing is from elsewhere."""
    files = [SELF, *storage_origins(), "data:", "blob:"]
    return {
        **public_policy(),
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": files,
        "media-src": files,
        "connect-src": [SELF, *storage_origins()],  # films go to the bucket in parts
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }


def embed_policy() -> dict[str, Any]:
    """The player alone, in anybody's frame: no script at all."""
    files = [SELF, *storage_origins()]
    return {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": files,
        "media-src": files,
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": ["*"],
    }
