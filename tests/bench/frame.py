"""What a benchmark is: a function that returns a figure, and the goal that the figure must meet."""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

Measure = Callable[[], float]
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Goal:
    limit: float
    unit: str
    most: bool

    def met(self, figure: float) -> bool:
        return figure <= self.limit if self.most else figure >= self.limit

    def __str__(self) -> str:
        return f"{'at most' if self.most else 'at least'} {self.limit:g} {self.unit}".rstrip()


def at_most(limit: float, unit: str = "") -> Goal:
    return Goal(limit, unit, most=True)


def at_least(limit: float, unit: str = "") -> Goal:
    return Goal(limit, unit, most=False)


def nothing_missing() -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    measure: Measure
    goal: Goal
    databases: bool = False
    needs: str = ""
    unless: Callable[[], str] = nothing_missing

    @property
    def name(self) -> str:
        return self.measure.__name__

    def left_out(self) -> str:
        """Why it cannot run here, if it cannot."""
        if self.needs and not os.environ.get(self.needs):
            return f"{self.needs} is not set"
        return self.unless()


@dataclass(frozen=True, slots=True)
class Outcome:
    line: str
    met: bool = True


REGISTERED: dict[str, Benchmark] = {}


def benchmark(
    goal: Goal,
    *,
    databases: bool = False,
    needs: str = "",
    unless: Callable[[], str] = nothing_missing,
) -> Callable[[Measure], Measure]:
    """Register a function; what the parameters mean stands at the top of this package."""

    def register(measure: Measure) -> Measure:
        each = Benchmark(
            measure=measure, goal=goal, databases=databases, needs=needs, unless=unless
        )
        if each.name in REGISTERED:
            raise ValueError(f"There are two benchmarks of the name {each.name}.")
        REGISTERED[each.name] = each
        return measure

    return register


def outcome(each: Benchmark) -> Outcome:
    """Run one; its line says the figure and the goal, or what went wrong."""
    if reason := each.left_out():
        return Outcome(f"{each.name}: left out, {reason}")
    try:
        figure = each.measure()
    except Exception as error:
        return Outcome(f"{each.name}: FAILED, {type(error).__name__}: {error}", met=False)
    met = each.goal.met(figure)
    missed = "" if met else "  MISSED"
    return Outcome(f"{each.name}: {figure:.3g} ({each.goal}){missed}", met)


def play(benchmarks: Iterable[Benchmark], stage: Callable[[], AbstractContextManager]) -> bool:
    """Run them one after the other, each on a stage of its own; whether all met their goals."""
    met = True
    for each in benchmarks:
        with stage():
            told = outcome(each)
        print(told.line, flush=True)
        met = met and told.met
    return met


def best_of(
    work: Callable[[], object],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """The best time of some rounds, for what cannot take turns: a library grows only once."""
    times = []
    for _ in range(rounds + 1):
        began = clock()
        work()
        times.append(clock() - began)
    return min(times)


def ratio(
    this: Callable[[], object],
    to: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """How many times as long `this` takes as `to`: the best of some rounds of each, in turns, so
    that what else the machine does meets both. `clock=time.process_time` compares our own work."""
    both = (this, to)
    best = [float("inf"), float("inf")]
    for _ in range(rounds + 1):  # the first of them fills caches, as the others find them
        for place, work in enumerate(both):
            began = clock()
            work()
            best[place] = min(best[place], clock() - began)
    return best[0] / best[1]
