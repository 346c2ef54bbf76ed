"""What is said, when, and by whom: the shapes that transcript files are read into. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenCue:
    """Words between two times, in milliseconds; `line` is where the file says so, 0 if unknown."""

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What an editor should know about one line. `lost` says that words could not be used."""

    line: int
    message: str
    lost: bool = True

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A file as read: its cues in time order, and every line that was wrong or was mended."""

    cues: tuple[SpokenCue, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.lost)

    @property
    def notes(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.lost)
