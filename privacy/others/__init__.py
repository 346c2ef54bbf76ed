"""What Django, Wagtail and the other packages keep; our own apps declare theirs in `privacy.py`."""

from privacy.others import django, obstacles, pages, search_tables, staff, wagtail

__all__ = ["django", "obstacles", "pages", "search_tables", "staff", "wagtail"]
