"""One address of every page family, taken from the running product itself."""

import json
import urllib.request
from urllib.parse import urlsplit

from tests.browser.product import Product

# Pages that are no Wagtail pages, and states of pages that a reader can reach.
OTHERS = {
    "search, nothing asked": "/search/",
    "search, many hits": "/search/?q=listening",
    "search, a slip of the pen": "/search/?q=lisening",
    "search, nothing found": "/search/?q=xylophonequartz",
    "style guide": "/styleguide/",
    "not found": "/there/is/nothing/here/",
    "library, narrowed": "/library/?sort=shortest",
    "registration": "/training/register/sample-cohort-open/",
    "waiting list": "/training/register/sample-cohort-full/",
    "opens soon": "/training/register/sample-cohort-soon/",
    "a talk, only to hear": "/library/joy-on-purpose/classroom-routines-and-joy/?source=audio",
    "a talk, opened at a second": "/library/joy-on-purpose/classroom-routines-and-joy/?t=27",
}


def families(product: Product) -> dict[str, str]:
    """Path by family: one page of each type from the API, and the others."""
    with urllib.request.urlopen(f"{product.url}/api/v2/pages/?limit=100&fields=html_url") as answer:
        pages = json.load(answer)["items"]
    found = {page["meta"]["type"]: urlsplit(page["meta"]["html_url"]).path for page in pages}
    talk = next(page["id"] for page in pages if page["meta"]["type"] == "episodes.EpisodePage")
    players = {f"on other sites{at}": f"/episodes/{talk}/embed/{at}" for at in ("", "?t=27")}
    return {**found, **players, **OTHERS}
