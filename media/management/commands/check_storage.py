"""Try out the place where uploads are kept."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from media.storage_check import findings


class Command(BaseCommand):
    help = (
        "Writes, reads and deletes a small file where the site keeps its uploads; in a bucket also"
        " tries signed links, strangers, films in parts and the CORS rule. Ends with 1 if anything"
        " is not well."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for finding in findings():
            state = (
                f"NOT WELL  {finding.tried}" if finding.problem else f"well      {finding.tried}"
            )
            self.stdout.write(f"{state} {finding.problem}".rstrip())
            wrong += bool(finding.problem)
        if wrong:
            raise CommandError(f"{wrong} of the above must be mended.")
