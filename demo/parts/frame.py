"""The frame around the library: front page, navigation, footer. Only what nobody has set yet."""

from datetime import date

from wagtail.models import Site

from core.models import SiteSettings
from episodes.models import EpisodePage
from home.first_pages import make_menus
from home.models import HomePage
from search.models import Synonyms

ABOUT = (
    "<p>The open library of Dixons Academies Trust: Leeds, Bradford and Liverpool. "
    "Free, on demand, no account. No cookies and no tracking.</p>"
)
CONTACT = "library@trust.example"
NOTICE = "A demonstration. What carries the word “Sample” is made up, and the voices are synthetic."
SUMMARY = (
    "Short episodes for teachers and leaders, to watch, to hear or to read. "
    "Free, no account, a new one every week."
)
HEARD = "A routine is not the opposite of joy. It is the floor that joy stands on."
DIXONS = "Dixons Academies Trust"
FIGURES = [
    {
        "value": "10,000",
        "what": "students took part in a listening campaign in Bradford",
        "year": "2023-24",
        "source": f"{DIXONS} with Citizens UK",
    },
    {
        "value": "Over 20%",
        "what": "of secondary schools came to visit",
        "year": "2015",
        "source": DIXONS,
    },
    {
        "value": "1 in 8",
        "what": "children aged 10 to 15 who suffer theft report it to the police (13%)",
        "year": "2019",
        "source": "Office for National Statistics",
    },
]


SAME = ("INSET, CPD, continuing professional development", "headteacher, principal")


def load(home: HomePage, today: date) -> None:
    front_page(home)
    site_settings(home)
    for words in SAME:
        Synonyms.objects.get_or_create(words=words)


def front_page(home: HomePage) -> None:
    if home.summary or home.heard_words or home.figures:
        return
    home.summary = SUMMARY
    home.figures = [("figure", figure) for figure in FIGURES]
    heard = EpisodePage.objects.filter(slug="classroom-routines-and-joy").first()
    home.heard_in = heard
    home.heard_words = HEARD
    home.heard_by = "Vice principal, Leeds secondary"
    home.heard_at = spoken_at(heard)
    home.save_revision().publish()


def spoken_at(episode: EpisodePage | None) -> str:
    """When the sentence begins, as the player shows it; the start where nobody says it."""
    first = HEARD.partition(".")[0]
    cues = episode.cues if episode else []
    start = next((cue.start_ms for cue in cues if first in " ".join(cue.text.split())), 0)
    return f"{start // 60_000}:{start // 1000 % 60:02}"


def site_settings(home: HomePage) -> None:
    site = Site.objects.get(is_default_site=True)
    chosen, _ = SiteSettings.objects.get_or_create(site=site)
    if not chosen.footer and not chosen.notice:
        chosen.footer, chosen.notice = ABOUT, NOTICE
        chosen.contact_email = chosen.contact_email or CONTACT
        chosen.save()
    make_menus(home)


def remove() -> None:
    """Take the words of the demonstration away; pages that the links led to are gone already."""
    Synonyms.objects.filter(words__in=SAME).delete()
    SiteSettings.objects.filter(notice=NOTICE).update(notice="")
    SiteSettings.objects.filter(footer=ABOUT).update(footer="")
    SiteSettings.objects.filter(contact_email=CONTACT).update(contact_email="")
    for home in HomePage.objects.filter(heard_words=HEARD):
        home.heard_words = home.heard_by = home.heard_at = ""
        home.summary, home.figures = "", []
        home.save_revision().publish()
