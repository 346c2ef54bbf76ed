"""`make run`: everything that a first look needs, then web server and worker together."""

import io
import logging
import os
import sys
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.processes import PortTaken, require_free_port, run_together
from core.sites import point_site
from demo.accounts import ACCOUNTS, ensure_accounts


class Command(BaseCommand):
    help = "Prepare the site, load its demo library once, and serve it with its worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-demo", action="store_true", help="Start with an empty site.")

    def handle(self, *args: Any, port: int, no_demo: bool, **options: Any) -> None:
        try:
            require_free_port(port)
        except PortTaken as problem:
            raise CommandError(str(problem)) from problem
        url = os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
        self.prepare(no_demo=no_demo)
        point_site(url=url)
        self.announce(port)
        ended = run_together(self.processes(port))
        if ended:
            raise CommandError(f"The {ended} stopped by itself; its last lines stand above.")
        self.stdout.write("Stopped.")

    def prepare(self, *, no_demo: bool) -> None:
        self.step("Preparing the database", "migrate", interactive=False, verbosity=0)
        if no_demo:
            self.step("Making the first pages, where they are missing", "first_pages")
        else:
            self.step("Loading the demo library (only the first time)", "demo", "--once")
        self.step("Bringing the search index up to date", "rebuild_search", "--if-needed")

    def step(self, words: str, *command: str, **options: Any) -> None:
        self.stdout.write(f"{words} ... ", ending="")
        self.stdout.flush()
        started = perf_counter()
        said = io.StringIO()  # what a step reports is for those who run it alone
        logging.disable(logging.INFO)
        call_command(*command, stdout=said, **options)
        logging.disable(logging.NOTSET)
        self.stdout.write(f"done in {perf_counter() - started:.1f} s")

    def announce(self, port: int) -> None:
        passwords = ensure_accounts(settings.DATA_DIR / "demo-logins.txt")
        self.stdout.write(f"\n  The site       http://localhost:{port}/")
        self.stdout.write(f"  Its editors    http://localhost:{port}/admin/\n\n")
        for account in ACCOUNTS:
            password = passwords.get(account.username, "the one that you set")
            self.stdout.write(f"  {account.username:<10} {password:<22} {account.words}")
        self.stdout.write("\n  Ctrl-C stops everything.\n\n")
        self.stdout.flush()

    def processes(self, port: int) -> dict[str, list[str]]:
        gunicorn = [sys.executable, "-m", "gunicorn", "--pythonpath", "site", "config.wsgi"]
        flags = ["--bind", f"localhost:{port}", "--threads", "8", "--log-level", "warning"]
        if settings.DEBUG:
            flags.append("--reload")
        worker = [sys.executable, "manage.py", "worker", "--verbosity", "0"]
        return {
            "web server": [*gunicorn, *flags],
            "background worker": worker,
            "worker for long work": [*worker, "--queue-name", "long"],
        }
