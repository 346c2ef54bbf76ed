"""What may stand in XML, and whole addresses."""

import re

from django.conf import settings

# All that XML 1.0 has no way to write; an editor may paste it, a file of words may hold it.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    return FORBIDDEN.sub("", text)


def absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"
