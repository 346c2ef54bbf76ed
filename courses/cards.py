"""Cohorts as readers see them: finished values for cards, tables and the booking's sum."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from courses.enums import CohortState, SessionState
from courses.models.cohorts import Cohort
from courses.models.prices import PriceRule
from courses.models.sessions import Session
from courses.text import counted, upper_first
from courses.when import (
    Day,
    day_cells,
    london_pattern,
    pattern_words,
    run_words,
    short_day_words,
    years_words,
    zone_words,
)

# State: sign (class and ground), icon.
SIGNS = {
    CohortState.SOON: ("soon", "clock"),
    CohortState.OPEN: ("open", "check"),
    CohortState.FEW: ("few", "seat"),
    CohortState.WAITING: ("full", "wait"),
    CohortState.FULL: ("full", "wait"),
    CohortState.CLOSED: ("closed", "lock"),
    CohortState.UNDER_WAY: ("closed", "lock"),
    CohortState.PAST: ("closed", "lock"),
    CohortState.CALLED_OFF: ("closed", "close"),
}
HEADLINES = {
    CohortState.WAITING: "Full",
    CohortState.UNDER_WAY: "Closed",
}
NOTHING = {CohortState.CALLED_OFF: "Does not take place"}
# State: words on the button, words for those who hear it alone, whether it is the quiet button.
ACTIONS = {
    CohortState.OPEN: ("Register", "Register for the cohort from {}", False),
    CohortState.FEW: ("Register", "Register for the cohort from {}", False),
    CohortState.SOON: ("Tell me", "Tell me when the cohort from {} opens", True),
    CohortState.WAITING: ("Join the list", "Join the list for the cohort from {}", True),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortCard:
    """`action` is empty where nothing can be done; `nothing` then says why."""

    programme: str
    programme_url: str
    title: str
    state: str
    detail: str
    sign: str
    icon: str
    note: str
    days: list[Day]
    pattern: str
    years: str
    action: str
    action_label: str
    action_url: str
    is_quiet: bool
    nothing: str
    sample: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PastCohort:
    title: str
    days: str
    pattern: str
    zone: str
    given: str
    parts: list[str]
    sample: bool


@dataclass(frozen=True, slots=True)
class PriceRow:
    who: str
    cost: str
    covers: str


def card_for(cohort: Cohort, *, now: datetime, programme_url: str = "") -> CohortCard:
    state = cohort.state(now)
    sign, icon = SIGNS[state]
    starts = [session.starts_at for session in shown(cohort)]
    action, label, is_quiet = ACTIONS.get(state, ("", "", True))
    return CohortCard(
        programme=cohort.version.name,
        programme_url=programme_url,
        title=cohort.term,
        state=HEADLINES.get(state, state.label),
        detail=detail_words(cohort, state),
        sign=sign,
        icon=icon,
        note=note_words(cohort, state),
        days=day_cells(starts),
        pattern=london_pattern(spans(cohort)),
        years=years_words(starts),
        action=action,
        action_label=label.format(short_day_words(starts[0])) if starts else action,
        action_url=cohort.register_url,
        is_quiet=is_quiet,
        nothing="" if action else NOTHING.get(state, "No more places"),
        sample=cohort.is_sample,
    )


def shown(cohort: Cohort) -> list[Session]:
    """What takes place; of a cohort that was called off, what would have."""
    if not cohort.called_off_at:
        return cohort.dated
    return sorted(cohort.sessions.all(), key=lambda session: session.starts_at)


def spans(cohort: Cohort) -> list[tuple[datetime, datetime]]:
    return [(session.starts_at, session.ends_at) for session in shown(cohort)]


def detail_words(cohort: Cohort, state: CohortState) -> str:
    """Beside the state: how many places are left, or when it opens."""
    if state == CohortState.SOON:
        return f"On {short_day_words(cohort.opens_at)}"
    if state == CohortState.WAITING:
        return "Waiting list open"
    if state == CohortState.UNDER_WAY:
        return "Under way"
    if state.is_bookable and cohort.left is not None:
        left = "left" if state == CohortState.FEW else "places left"
        return f"{cohort.left} of {cohort.capacity} {left}"
    return "No limit published" if state == CohortState.OPEN else ""


def note_words(cohort: Cohort, state: CohortState) -> str:
    words = [state_note(cohort, state), cancelled_words(cohort)]
    return ". ".join(each.removesuffix(".") for each in words if each)


def cancelled_words(cohort: Cohort) -> str:
    """The session of 9 June is cancelled; of a cohort that takes place."""
    off = [each for each in cohort.sessions.all() if each.state == SessionState.CANCELLED]
    if cohort.called_off_at or not off:
        return ""
    days = [short_day_words(each.starts_at) for each in sorted(off, key=lambda e: e.starts_at)]
    if len(days) == 1:
        return f"The session of {days[0]} is cancelled"
    return f"The sessions of {', '.join(days[:-1])} and {days[-1]} are cancelled"


def state_note(cohort: Cohort, state: CohortState) -> str:
    if state == CohortState.WAITING:
        waiting = getattr(cohort, "waiting_count", 0)
        return f"{upper_first(counted(waiting, 'name'))} on the list, served in order."
    if state in (CohortState.CLOSED, CohortState.UNDER_WAY) and cohort.dated:
        closed = cohort.closes_at or cohort.dated[0].starts_at
        return f"Registration closed on {short_day_words(closed)}"
    return ""


def past_row(cohort: Cohort) -> PastCohort:
    starts = [session.starts_at for session in cohort.dated]
    return PastCohort(
        title=cohort.title,
        days=run_words(starts),
        pattern=pattern_words(spans(cohort)),
        zone=zone_words(starts),
        given=cohort.version.name,
        parts=[part.title for part in cohort.version.parts.all()],
        sample=cohort.is_sample,
    )


def price_rows(price: PriceRule) -> list[PriceRow]:
    """Dues paid and not paid where members are waived, else one row."""
    if not price.member_waiver:
        return [PriceRow("Every organisation", price.words, covers_words(price))]
    later = "The same."
    if price.credited_later:
        later += " Taken off the first year’s dues if you join later"
    return [
        PriceRow("Paid", "Nothing", covers_words(price)),
        PriceRow("Not paid", price.words, later),
    ]


def covers_words(price: PriceRule) -> str:
    people = upper_first(counted(price.places_included, "person", "people"))
    words = f"{people} on the training"
    if price.conference and price.conference_places:
        words += f", {counted(price.conference_places, 'person', 'people').split()[0]}"
        words += f" at the {price.conference}"
    return words


def price_points(price: PriceRule) -> list[str]:
    """What the price includes, one thing a line."""
    points = []
    if price.conference and price.conference_places:
        people = upper_first(counted(price.conference_places, "person", "people"))
        points.append(f"{people} at the {price.conference}")
    if price.credited_later and price.amount:
        points.append("Taken off your first year’s dues if you join later")
    if price.member_waiver:
        points.append("Nothing for organisations that pay dues")
    points.append("Invoice by mail, nothing to pay today" if price.amount else "Nothing to pay")
    return points


def next_cards(limit: int = 6) -> list[CohortCard]:
    """Cohorts of all visible programmes that one can still do something about, soonest first."""
    now = timezone.now()
    cohorts = (
        Cohort.objects.for_page()
        .of_visible_programmes()
        .filter(sessions__starts_at__gt=now - timedelta(days=1))
        .select_related("version", "price", "programme")
        .distinct()
    )
    wanted = [cohort for cohort in cohorts if cohort.state(now) in ACTIONS]
    wanted.sort(key=lambda cohort: cohort.dated[0].starts_at)
    return [
        card_for(cohort, now=now, programme_url=cohort.programme.url) for cohort in wanted[:limit]
    ]
