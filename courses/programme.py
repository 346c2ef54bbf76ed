"""What a programme page gives its template and its search rows; fixed number of queries."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags

from core.blocks import plain_text
from courses.cards import CohortCard, card_for, past_row, price_rows, shown
from courses.enums import CohortState
from courses.models.cohorts import Cohort
from courses.models.versions import ProgrammePart, ProgrammeVersion
from courses.structured import structured
from courses.text import counted, number_words, upper_first
from courses.when import run_words
from search.rows import Row

if TYPE_CHECKING:
    from courses.models.programmes import ProgrammePage


def programme_context(request: HttpRequest, page: "ProgrammePage") -> dict[str, Any]:
    now, ties = timezone.now(), page.relations
    cohorts = list(page.cohorts.for_page())
    version = give_parts(page, cohorts)
    coming = sorted(
        (cohort for cohort in cohorts if is_coming(cohort, now)),
        key=lambda cohort: shown(cohort)[0].starts_at,
    )
    past = [cohort for cohort in cohorts if cohort.state(now) == CohortState.PAST]
    past.sort(key=lambda cohort: cohort.dated[0].starts_at, reverse=True)
    held = [cohort for cohort in coming if not cohort.called_off_at]
    price = held[0].price if held else page.prices.first()
    return {
        "version": version,
        "parts": parts_of(version),
        "parts_title": parts_title(version),
        "parts_line": parts_line(version),
        "cards": [card_for(cohort, now=now) for cohort in in_order(coming)],
        "next": next_card(coming),
        "past": [past_row(cohort) for cohort in past],
        "price": price,
        "price_rows": price_rows(price) if price else [],
        "points": [line.strip() for line in page.good_to_know.splitlines() if line.strip()],
        "structured": structured(request, page, coming, now=now),
        "entries": [each.entry() for each in ties.specific([*ties.links, *ties.people])],
    }


def is_coming(cohort: Cohort, now: datetime) -> bool:
    """With dates that are not all over; also if it was called off, for those who look for it."""
    ends = [session.ends_at for session in shown(cohort)]
    return bool(ends) and now < max(ends)


def give_parts(page: "ProgrammePage", cohorts: list[Cohort]) -> ProgrammeVersion | None:
    """Read the parts of all versions in one query; return the newest that has any, or a cohort."""
    versions = {cohort.version_id: cohort.version for cohort in cohorts}
    parts: dict[int, list[ProgrammePart]] = {pk: [] for pk in versions}
    for part in ProgrammePart.objects.filter(version__programme=page).select_related("version"):
        versions.setdefault(part.version_id, part.version)
        parts.setdefault(part.version_id, []).append(part)
    for pk, version in versions.items():
        version.parts = parts[pk]
    for cohort in cohorts:
        cohort.version = versions[cohort.version_id]
    newest = sorted(versions.values(), key=lambda version: (version.created_at, version.pk))
    return newest[-1] if newest else None


def in_order(coming: list[Cohort]) -> list[Cohort]:
    """What can be booked or waited for first, what has begun last; each by date."""
    closed = (CohortState.CLOSED, CohortState.UNDER_WAY, CohortState.FULL)
    ranks = {**dict.fromkeys(closed, 1), CohortState.CALLED_OFF: 2}
    return sorted(coming, key=lambda cohort: ranks.get(cohort.state(), 0))


def next_card(coming: list[Cohort]) -> CohortCard | None:
    now = timezone.now()
    free = [cohort for cohort in coming if cohort.state(now).is_bookable]
    return card_for(free[0], now=now) if free else None


def parts_of(version: ProgrammeVersion | None) -> list[ProgrammePart]:
    return list(version.parts.all()) if version else []


def parts_title(version: ProgrammeVersion | None) -> str:
    return upper_first(counted(len(parts_of(version)), "part"))


def parts_line(version: ProgrammeVersion | None) -> str:
    """Two hours each. One registration covers all five."""
    parts = parts_of(version)
    lengths = {part.minutes for part in parts}
    words = []
    if len(lengths) == 1 and parts[0].minutes % 60 == 0:
        words.append(f"{upper_first(counted(parts[0].minutes // 60, 'hour'))} each.")
    if len(parts) > 1:
        words.append(f"One registration covers all {number_words(len(parts))}.")
    return " ".join(words)


def programme_words(page: "ProgrammePage") -> str:
    """All words of the page for search: the current parts, who it is for, questions."""
    version = page.versions.prefetch_related("parts").first()
    parts = [f"{part.title}. {part.line}" for part in parts_of(version)]
    rich = [strip_tags(html) for html in (page.about, page.who_for, page.comparison)]
    return "\n".join([*parts, *rich, page.good_to_know, plain_text(page.questions)]).strip()


def programme_rows(page: "ProgrammePage") -> list[Row]:
    """One row for each cohort that can be booked; never a joining link."""
    if page.url is None:
        return []
    now = timezone.now()
    cohorts = [each for each in page.cohorts.for_page() if each.state(now).is_bookable]
    return [cohort_row(page, cohort) for cohort in cohorts]


def cohort_row(page: "ProgrammePage", cohort: Cohort) -> Row:
    starts = [session.starts_at for session in cohort.dated]
    card = card_for(cohort, now=timezone.now())
    return Row(
        key=f"cohort:{cohort.pk}",
        page_id=page.pk,
        kind="cohort",
        title=f"{cohort.version.name}: {cohort.title}",
        url=cohort.register_url,
        body=f"{run_words(starts)}. {card.pattern}. Training, register, places. {page.summary}",
        facets=page.search_facets(),
        meta=tuple(fact for fact in (card.state, card.detail) if fact),
        date=starts[0].date(),
        sample=cohort.is_sample,
    )
