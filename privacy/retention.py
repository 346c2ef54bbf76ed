"""What is kept no longer: every night, by rules that the apps declare."""

import logging
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from privacy.finding import BATCH
from privacy.models import Run, RunKind
from privacy.registry import RULES, Rule

logger = logging.getLogger(__name__)
AT_NIGHT = time(3)


def what_is_due(now: datetime | None = None) -> dict[str, int]:
    """How many rows each rule would take now; nothing is changed."""
    now = now or timezone.now()
    return {rule.words: rule.due(now).count() for rule in RULES.values()}


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
    """Some hundreds of rows at a time, each time in a transaction of its own."""
    total = 0
    for pks in batches(rule, now):
        with transaction.atomic():
            rule.forget(rule.due(now).model._base_manager.filter(pk__in=pks))
        total += len(pks)
    return total


def batches(rule: Rule, now: datetime) -> Iterable[list[Any]]:
    """By rising keys: a row that is due still after its turn is not taken again in the same run."""
    rows = rule.due(now).order_by("pk").values_list("pk", flat=True)
    taken = list(rows[:BATCH])
    while taken:
        yield taken
        taken = list(rows.filter(pk__gt=taken[-1])[:BATCH])
