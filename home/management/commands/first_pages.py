"""`manage.py first_pages`: a site of one's own to begin with, without the demo library."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.first_pages import make_first_pages


class Command(BaseCommand):
    help = "Make the front page, a page for each part of the site and the menus, where missing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        made = make_first_pages()
        for page in made:
            self.stdout.write(f"{page.title}: {page.url}")
        self.stdout.write("Edit them in the admin." if made else "All pages are there already.")
