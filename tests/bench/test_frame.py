"""The frame of the benchmarks; what they measure is measured by `make bench` alone."""

from contextlib import nullcontext

import pytest

from tests.bench import frame
from tests.bench.frame import (
    Benchmark,
    Goal,
    at_least,
    at_most,
    benchmark,
    best_of,
    outcome,
    play,
    ratio,
)


def a_figure() -> float:
    return 3.14159


def a_failure() -> float:
    raise ValueError("no such table")


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Benchmark]:
    mine: dict[str, Benchmark] = {}
    monkeypatch.setattr(frame, "REGISTERED", mine)
    return mine


@pytest.mark.parametrize(
    ("goal", "met"),
    [(at_most(4, "times"), True), (at_most(3), False), (at_least(3), True), (at_least(4), False)],
)
def test_a_goal_is_met_or_missed(goal: Goal, met: bool) -> None:
    each = Benchmark(measure=a_figure, goal=goal)
    assert outcome(each).met is met
    assert ("MISSED" in outcome(each).line) is not met


def test_one_goal_missed_is_a_failure_and_the_others_are_still_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    goals = [at_most(4, "times a bare page"), at_most(1), at_most(5)]
    assert not play([Benchmark(measure=a_figure, goal=goal) for goal in goals], nullcontext)
    assert capsys.readouterr().out.splitlines() == [
        "a_figure: 3.14 (at most 4 times a bare page)",
        "a_figure: 3.14 (at most 1)  MISSED",
        "a_figure: 3.14 (at most 5)",
    ]
    assert play([Benchmark(measure=a_figure, goal=goals[0])], nullcontext)


def test_an_exception_is_a_goal_missed_and_says_why() -> None:
    told = outcome(Benchmark(measure=a_failure, goal=at_most(1)))
    assert (told.met, told.line) == (False, "a_failure: FAILED, ValueError: no such table")


def test_what_is_not_there_is_left_out_and_said_to_be() -> None:
    absent = Benchmark(measure=a_failure, goal=at_most(1), needs="NO_SUCH_SERVER_URL")
    assert outcome(absent).line == "a_failure: left out, NO_SUCH_SERVER_URL is not set"
    reason = Benchmark(measure=a_failure, goal=at_most(1), unless=lambda: "ffmpeg is missing")
    assert outcome(reason).met


def test_a_function_is_registered_once(registered: dict[str, Benchmark]) -> None:
    benchmark(at_most(1), databases=True)(a_figure)
    assert registered["a_figure"].databases
    with pytest.raises(ValueError, match="two benchmarks of the name a_figure"):
        benchmark(at_most(2))(a_figure)


def test_a_ratio_compares_the_best_of_each() -> None:
    ticks = iter([0, 9, 0, 9, 0, 6, 0, 2, 0, 8, 0, 3])
    assert ratio(list, list, rounds=2, clock=lambda: float(next(ticks))) == 3


def test_the_best_of_some_rounds_counts() -> None:
    ticks = iter([0, 9, 0, 4, 0, 6])
    assert best_of(list, rounds=2, clock=lambda: float(next(ticks))) == 4
