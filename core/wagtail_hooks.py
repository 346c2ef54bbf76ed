"""What `core` adds to the admin, and how it calms it: our name, our colours, no foreign links."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from core.enquiry_admin import EnquiryViewSet


@hooks.register("register_admin_viewset")
def enquiries() -> Any:
    return EnquiryViewSet()


@hooks.register("insert_global_admin_css")
def office_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/office.css"))


@hooks.register("insert_editor_js")
def save_all_that_is_typed() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/autosave.js"))


@hooks.register("construct_help_menu")
def only_our_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's own help lies on its makers' sites, and speaks of pages that we do not have."""
    items[:] = [item for item in items if not urlsplit(str(item.url)).netloc]


@hooks.register("construct_page_action_menu")
def publish_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Who may publish finds it on the button; while somebody reviews the page, saving stays there.

    What is typed saves itself, so the button that saves a draft is the one less needed.
    """
    page = context.get("page")
    if page and page.current_workflow_state:
        return
    items.sort(key=lambda item: item.name != "action-publish")
