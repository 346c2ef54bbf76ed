"""What `home` adds to the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from home.desk.panel import Desk

OURS_INSTEAD = {"workflow_objects_to_moderate"}  # it lists all there is; the desk shows the first


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [Desk(), *(panel for panel in panels if panel.name not in OURS_INSTEAD)]
