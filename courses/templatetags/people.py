"""How the organisers' pages speak of people who were erased."""

from django import template

from privacy.declared import NOBODY

register = template.Library()


@register.filter
def reachable(address: str) -> str:
    """The address; or in words that it is gone, instead of letters that belong to nobody."""
    return "name and address were deleted" if address.endswith(NOBODY) else address
