"""What privacy adds to the admin: a menu of its own, for those who may erase people."""

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from privacy.views import RIGHT

ITEMS = (
    ("A person’s data", "privacy:person", "user"),
    ("What is kept of people", "privacy:kept", "list-ul"),
    ("What was done", "privacy:runs", "history"),
)


class ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    return [path("privacy/", include("privacy.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> Any:
    items = [
        ForAdministrators(label, reverse(name), icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(ITEMS)
    ]
    return SubmenuMenuItem("Privacy", Menu(items=items), icon_name="lock", order=260)


@hooks.register("register_permissions")
def rights() -> Any:
    """So that an administrator can give the right to a group."""
    return Permission.objects.filter(content_type__app_label="privacy", codename="erase_people")
