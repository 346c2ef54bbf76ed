"""Which letters XML can hold, and with it feeds, sitemaps and Word documents. Pure."""

import re

# All that XML 1.0 has no way to write; an editor may paste it, a file of words may hold it.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    return FORBIDDEN.sub("", text)
