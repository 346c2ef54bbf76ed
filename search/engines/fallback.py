"""Ask the engine beside the database; when it is down or slow, the database answers instead.

Readers are told nothing. After a failure the engine is left alone for a while, so that not every
reader waits for it; it is logged once a pause, not once a question.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

from search.engines.base import Engine, EngineError, Found, Health, Question

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

PAUSE = 30.0  # seconds
_left_alone_until: WeakKeyDictionary[Engine, float] = WeakKeyDictionary()


class WithFallback:
    """Only asks: both engines are kept by the worker, each in its own time."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self.first, self.second = first, second
        self.name = first.name

    def search(self, question: Question) -> Found:
        return self.answer(lambda engine: engine.search(question))

    def suggest(self, words: Sequence[str], limit: int) -> list[int]:
        return self.answer(lambda engine: engine.suggest(words, limit))

    def answer(self, ask: Callable[[Engine], Answer]) -> Answer:
        if time.monotonic() < _left_alone_until.get(self.first, 0.0):
            return ask(self.second)
        try:
            return ask(self.first)
        except EngineError as error:
            _left_alone_until[self.first] = time.monotonic() + PAUSE
            logger.warning(
                "%s does not answer; for %.0f s %s does: %s",
                self.first.name, PAUSE, self.second.name, error,
            )  # fmt: skip
            return ask(self.second)

    def health(self) -> Health:
        return self.first.health()


def forgive(engine: Engine) -> None:
    """Ask it again, before the pause is over."""
    _left_alone_until.pop(engine, None)
