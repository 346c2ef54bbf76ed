"""Loading and removing the demo library, part by part.

A part is a module with `load(home, today)`, which makes only what is missing, and `remove()`.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from demo.models import LoadedPart
from demo.parts import community, frame, library, news, partnerships, training
from home.first_pages import ensure_home
from home.models import HomePage

Report = Callable[[str], object]


class Part(Protocol):
    def load(self, home: HomePage, today: date) -> None: ...

    def remove(self) -> None: ...


# In this order: later parts link to pages of earlier ones.
PARTS: dict[str, Part] = {
    "library": library,
    "training": training,
    "partnerships": partnerships,
    "community": community,
    "news": news,
    "frame": frame,
}


def wanted(once: bool) -> dict[str, Part]:
    loaded = set(LoadedPart.objects.values_list("name", flat=True)) if once else set()
    return {name: part for name, part in PARTS.items() if name not in loaded}


def plan(*, once: bool, remove: bool) -> list[str]:
    if remove:
        names = [name for name in PARTS if LoadedPart.objects.filter(name=name).exists()]
        return [f"would remove: {name}" for name in reversed(names)] or ["nothing to remove"]
    return [f"would load: {name}" for name in wanted(once)] or ["nothing to load"]


def load_demo(*, once: bool, report: Report) -> None:
    """Load each part in a transaction of its own: one that fails leaves nothing half made."""
    today = timezone.localdate()
    for name, part in wanted(once).items():
        report(f"  {name}")
        with transaction.atomic():
            part.load(ensure_home(), today)
            LoadedPart.objects.get_or_create(name=name)


def remove_demo(report: Report) -> None:
    for name, part in reversed(PARTS.items()):
        report(f"  {name}")
        with transaction.atomic():
            part.remove()
            LoadedPart.objects.filter(name=name).delete()
