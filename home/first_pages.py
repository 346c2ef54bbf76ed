"""What a new site begins with: the front page, a page for each of its parts, and the menus.

Only what is missing is made, and what is there stays as it is, wherever an editor put it.
"""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Page, Site

from community.models import CivicPage, EventIndexPage
from core.models import NavigationItem, PersonIndexPage, SiteSettings, TopicIndexPage
from core.sites import point_site
from courses.models import ProgrammeIndexPage
from episodes.models import EpisodeIndexPage, SeriesIndexPage
from home.models import ArticleIndexPage, HomePage
from partnerships.models import CaseStudyIndexPage, PartnershipIndexPage
from resources.models import ResourceIndexPage

MAIN = (
    ("library", "Library"),
    ("series", "Series"),
    ("training", "Training"),
    ("partnerships", "Partnerships"),
    ("civic-work", "Civic work"),
)
FOOTER = (
    ("library", "All episodes"),
    ("training", "Training cohorts"),
    ("resources", "Resources"),
    ("topics", "Topics"),
    ("people", "People"),
    ("news", "News"),
    ("about", "About the library"),
    ("accessibility", "Accessibility"),
    ("privacy", "Privacy"),
)


@dataclass(frozen=True, slots=True)
class First:
    model: type[Page]
    slug: str
    title: str
    below: type[Page] = HomePage


PAGES = (
    First(EpisodeIndexPage, "library", "All episodes"),
    First(SeriesIndexPage, "series", "Series"),
    First(ResourceIndexPage, "resources", "Resources"),
    First(TopicIndexPage, "topics", "Topics"),
    First(PersonIndexPage, "people", "People"),
    First(ProgrammeIndexPage, "training", "Training"),
    First(PartnershipIndexPage, "partnerships", "Partnerships"),
    First(CaseStudyIndexPage, "case-studies", "Case studies", PartnershipIndexPage),
    First(CivicPage, "civic-work", "Civic work"),
    First(EventIndexPage, "events", "Events", CivicPage),
    First(ArticleIndexPage, "news", "News"),
)


def make_first_pages() -> list[Page]:
    """Returns those that were made now, the front page apart."""
    home = ensure_home()
    made = [make(first) for first in PAGES if not first.model.objects.exists()]
    make_menus(home)
    return made


def make(first: First) -> Page:
    parent = first.below.objects.earliest("pk")
    page = parent.add_child(instance=first.model(title=first.title, slug=first.slug))
    page.save_revision().publish()
    return page


def ensure_home() -> HomePage:
    """The home page, as root of the site; Wagtail's welcome page makes way for it."""
    home = HomePage.objects.first()
    if home:
        return home
    root = Page.objects.get(depth=1)
    home = HomePage(title=settings.WAGTAIL_SITE_NAME, slug="front-page")
    root.add_child(instance=home)
    welcome = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home})
    point_site()
    if welcome and welcome.root_page.slug == "home" and welcome.root_page.pk != home.pk:
        Page.objects.get(pk=welcome.root_page.pk).delete()
    home.refresh_from_db()
    home.slug = "home"
    home.save()
    return home


def make_menus(home: HomePage) -> None:
    """Links to those of the pages that are there, if nobody has made a menu yet."""
    site = Site.objects.get(is_default_site=True)
    chosen, _ = SiteSettings.objects.get_or_create(site=site)
    if chosen.navigation.exists():
        return
    for place, links in (("main", MAIN), ("footer", FOOTER)):
        for order, (slug, label) in enumerate(links):
            page = Page.objects.child_of(home).filter(slug=slug).first()
            if page:
                NavigationItem.objects.create(
                    settings=chosen, page=page, label=label, place=place, sort_order=order
                )
