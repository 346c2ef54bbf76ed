"""Logs tell what went wrong, and no secret: the address of a private page is its only key."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

PRIVATE = re.compile(r"(/training/(?:booking|waiting)/)[\w-]+")


class Discreet(logging.Formatter):
    """Writes `/training/booking/...` for a private page, wherever in a line or a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return PRIVATE.sub(r"\1...", super().format(record))


class GunicornLog(Logger):
    """Gunicorn's own two logs: what was asked for and from which page, and what it could not do."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                plain = handler.formatter or logging.Formatter()
                handler.setFormatter(Discreet(plain._fmt, plain.datefmt))
