"""Write the table of docs/operating/settings.md from the environment reader itself."""

from typing import Any

from django.core.management.base import BaseCommand

from config.env import ROOT, Environment


class Command(BaseCommand):
    help = "Print the table of settings as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("| variable | default | what it does |\n|---|---|---|")
        for name, field in Environment.model_fields.items():
            default = str(field.default).removeprefix(f"{ROOT}/") if field.default else ""
            shown = f"`{default}`" if default else "not set"
            self.stdout.write(f"| `{name.upper()}` | {shown} | {field.description} |")
