"""What training adds to the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.office.deleting import keep_programmes, keep_programmes_in_bulk
from courses.office.log import register_actions
from courses.office.urls import urlpatterns
from courses.office.viewsets import TrainingGroup


@hooks.register("register_admin_viewset")
def training() -> Any:
    return TrainingGroup()


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern | URLResolver]:
    return [path("training/office/", include((urlpatterns, "courses_office")))]


class GuardedItem(MenuItem):
    """Shown to those who may open it."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


@hooks.register("register_training_menu_item")
def invoices_item() -> MenuItem:
    url = reverse_lazy("courses_office:invoices")
    permission = "courses.view_booking"
    return GuardedItem("Invoices", url, icon_name="doc-full", order=20, permission=permission)


@hooks.register("register_training_menu_item")
def duplicates_item() -> MenuItem:
    url = reverse_lazy("courses_office:duplicates")
    permission = "courses.view_place"
    return GuardedItem("Booked twice?", url, icon_name="copy", order=21, permission=permission)


@hooks.register("register_training_menu_item")
def figures_item() -> MenuItem:
    url = reverse_lazy("courses_office:all_figures")
    permission = "courses.view_cohort"
    return GuardedItem("Figures", url, icon_name="table", order=22, permission=permission)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_actions(actions)


hooks.register("before_delete_page", keep_programmes)
hooks.register("before_bulk_action", keep_programmes_in_bulk)
