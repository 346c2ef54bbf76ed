"""Objects for tests, made the way the site makes them. Keyword arguments win over defaults."""

from typing import Any, TypeVar

from wagtail.models import Page, Site

from core.models import TopicIndexPage, TopicPage
from home.models import HomePage

AnyPage = TypeVar("AnyPage", bound=Page)


def make_page(model: type[AnyPage], parent: Page, **fields: Any) -> AnyPage:
    """Add a live page of `model` below `parent`; `live=False` makes a draft."""
    title = fields.pop("title", model.__name__)
    page = model(title=title, **fields)
    parent.add_child(instance=page)
    if page.live:
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_home() -> HomePage:
    """The home page as root of the one site; the welcome page goes."""
    existing = HomePage.objects.first()
    if existing:
        return existing
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = make_page(HomePage, root, title="Dixons OpenSource", slug="home")
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    return home


def make_topic(title: str = "Joy", **fields: Any) -> TopicPage:
    home = make_home()
    index = TopicIndexPage.objects.first() or make_page(TopicIndexPage, home, title="Topics")
    return make_page(TopicPage, index, title=title, **fields)
