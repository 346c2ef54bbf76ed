"""What is kept no longer: every night, by rules that the apps declare."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from privacy.finding import BATCH
from privacy.models import Run, RunKind
from privacy.registry import RULES, Rule

logger = logging.getLogger(__name__)
AT_NIGHT = time(3)
AHEAD = timedelta(days=30)


def what_is_due(now: datetime | None = None) -> dict[str, int]:
    """How many rows each rule would take now; nothing is changed."""
    now = now or timezone.now()
    return {rule.words: rule.due(now).count() for rule in RULES.values()}


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many rows a rule takes tonight, and how many more in the `AHEAD` to come."""

    words: str
    now: int
    later: int


def outlook(now: datetime | None = None) -> list[Outlook]:
    """For people, who may still want to settle something first; nothing is changed."""
    now = now or timezone.now()
    due, ahead = what_is_due(now), what_is_due(now + AHEAD)
    return [Outlook(words, due[words], max(0, ahead[words] - due[words])) for words in due]


def keep_no_longer(*, by: Any = None, now: datetime | None = None) -> Run:
    """Let every rule take what is due. What a run left, the next one finds."""
    return fill(Run.objects.create(kind=RunKind.RETENTION, by=by), now or timezone.now())


def nightly(now: datetime | None = None) -> Run | None:
    """Once a night, or as soon as a worker is there again; of several workers one does it."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.time() < AT_NIGHT or Run.objects.filter(night=local.date()).exists():
        return None
    run, is_ours = Run.objects.get_or_create(
        night=local.date(), defaults={"kind": RunKind.RETENTION}
    )
    return fill(run, now) if is_ours else None


def fill(run: Run, now: datetime) -> Run:
    """A rule that fails is noted, by the kind of its error, and does not stop the others."""
    for rule in RULES.values():
        try:
            run.counts[rule.words] = apply(rule, now)
        except Exception as problem:
            # Only the kind: what a database says of an error may hold a name or an address.
            run.problems[rule.words] = type(problem).__name__
    for words, kind in run.problems.items():
        logger.error("The rule “%s” failed: %s. The next run tries again.", words, kind)
    run.finished_at = timezone.now()
    run.save()
    return run


def apply(rule: Rule, now: datetime) -> int:
    """Some hundreds of rows at a time, each time in a transaction of its own: a run that dies has
    done what it has done. What another run has just taken is not due any more once it is locked."""
    total, due = 0, rule.due(now)
    for pks in batches(due):
        with transaction.atomic():
            mine = due.filter(pk__in=pks).only("pk").select_for_update(of=("self",))
            taken = [row.pk for row in mine]
            if taken:
                rule.forget(due.model._base_manager.filter(pk__in=taken))
        total += len(taken)
    return total


def batches(due: Any) -> Iterable[list[Any]]:
    """By rising keys: a row that is due still after its turn is not taken again in the same run."""
    keys = due.order_by("pk").values_list("pk", flat=True)
    found = list(keys[:BATCH])
    while found:
        yield found
        found = list(keys.filter(pk__gt=found[-1])[:BATCH])
