"""Write the table of docs/operating/settings.md from the environment reader itself."""

from typing import Any

from django.core.management.base import BaseCommand

from config.env import ROOT, Environment


def shown_default(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).removeprefix(f"{ROOT}/") if value else ""


class Command(BaseCommand):
    help = "Print the table of settings as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("| variable | default | what it does |\n|---|---|---|")
        for name, field in Environment.model_fields.items():
            default = shown_default(field.default)
            shown = f"`{default}`" if default else "not set"
            self.stdout.write(f"| `{name.upper()}` | {shown} | {field.description} |")
