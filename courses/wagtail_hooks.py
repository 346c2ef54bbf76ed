"""What training adds to the admin."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from courses.office.urls import urlpatterns
from courses.office.viewsets import TrainingGroup
from courses.services import history


@hooks.register("register_admin_viewset")
def training() -> Any:
    return TrainingGroup()


@hooks.register("register_admin_urls")
def office_urls() -> list[URLPattern | URLResolver]:
    return [path("training/office/", include((urlpatterns, "courses_office")))]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for action, (label, message) in history.ACTIONS.items():
        actions.register_action(f"courses.{action}", label, message)
