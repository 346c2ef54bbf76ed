"""What the admin's templates ask of the site: its name and its mark."""

from typing import Any

from django import template
from wagtail.models import Site

from core.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def house(context: dict[str, Any]) -> SiteSettings:
    """The settings of this site. Views of the admin may hold a `site` of their own, so the one of
    the public templates is not safe here."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return SiteSettings()
    settings: SiteSettings = SiteSettings.for_request(request)
    return settings
