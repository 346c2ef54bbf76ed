"""What the admin's templates ask of the site: its name and its mark."""

from typing import Any

from django import template

from core.models import SiteSettings

register = template.Library()
KEPT = "_house"


@register.simple_tag(takes_context=True)
def house(context: dict[str, Any]) -> SiteSettings:
    """The settings of the site, in one query a page. Views of the admin may hold a `site` of their
    own, so that of the public templates is not safe here."""
    request = context.get("request")
    chosen: SiteSettings = getattr(request, KEPT, None) or settings_of_default_site()
    if request is not None:
        setattr(request, KEPT, chosen)
    return chosen


def settings_of_default_site() -> SiteSettings:
    chosen = SiteSettings.objects.select_related("logo").filter(site__is_default_site=True).first()
    return chosen or SiteSettings()
