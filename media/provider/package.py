"""wagtail_transcription as one of our apps: its models, and nothing that would run by itself.

Its wagtail_hooks ask for packages that are no longer kept up and call YouTube from a list; its
templates replace the base of Wagtail's admin; its views let anybody delete (docs/adr).
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig


class Package(AppConfig):
    name = "wagtail_transcription"
    verbose_name = "Transcription documents"
    default_auto_field = "django.db.models.BigAutoField"
    # Templates, static files and commands are looked for here, where there are none.
    path = str(Path(__file__).parent)

    def import_models(self) -> None:
        """Once its models are there, Wagtail is shown this folder when it looks for hooks."""
        super().import_models()
        ours: Any = import_module("media.provider")
        self.module = ours
