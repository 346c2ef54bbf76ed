"""What stands against erasing somebody, whatever app it is in."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from privacy.finding import find_in
from privacy.registry import TABLES, Obstacle, refuses


@refuses
def account_in_use(address: str) -> Iterator[Obstacle]:
    for user in get_user_model().objects.filter(email__iexact=address, is_active=True):
        yield Obstacle(
            "A colleague signs in with this address. Switch the account off first: take the tick"
            " from Active.",
            reverse("wagtailusers_users:edit", args=[user.pk]),
        )


@refuses
def on_a_page(address: str) -> Iterator[Obstacle]:
    """Older drafts are cleaned; what readers see, and the draft in work, an editor must mend."""
    drafts = [
        pk
        for found in find_in(TABLES["wagtailcore.Revision"], address)
        if found.person.changed
        for pk in found.pks
    ]
    pages = Page.objects.filter(Q(latest_revision__in=drafts) | Q(live_revision__in=drafts))
    for page in pages.distinct().order_by("pk"):
        yield Obstacle(
            f"The address stands on the page “{page.title}” or in its draft. Take it out there"
            " and publish.",
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
