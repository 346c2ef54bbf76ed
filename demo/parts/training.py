"""Training: the programme of content.md with its past cohorts, and cohorts to register for now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from courses.consent import CURRENT
from courses.enums import WaitingKind
from courses.models import (
    Booking,
    Certificate,
    Cohort,
    Organisation,
    OutboxMessage,
    Place,
    PriceRule,
    ProgrammeIndexPage,
    ProgrammePage,
    ProgrammePart,
    ProgrammeVersion,
    Session,
    WaitingEntry,
)
from courses.models.organisations import organisation_key
from courses.when import LONDON
from demo.parts.training_life import enliven
from demo.parts.training_words import (
    CONTACT,
    COST_WORDS,
    GOOD_TO_KNOW,
    LEAD,
    PARTS,
    PARTS_2021,
    QUESTIONS,
    TESTIMONIALS,
    WHO_FOR,
    WORDS,
)
from home.models import HomePage

INDEX_SLUG, SLUG = "training", "community-organising-in-schools"
NAME = "Community Organising in Schools"
ZOOM = "https://zoom.example/j/{}"
COHORT_2 = [date(2021, 2, 24) + timedelta(weeks=week) for week in range(5)]
COHORT_3 = [date(2021, 6, 9) + timedelta(weeks=week) for week in range(5)]


@dataclass(frozen=True, slots=True)
class Offer:
    programme: ProgrammePage
    version: ProgrammeVersion
    price: PriceRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A cohort to register for; `starts_in` and `opens_in` are days from today."""

    name: str
    starts_in: int
    opens_in: int
    taken: int
    capacity: int = 24
    waiting: int = 0


PLANS = (
    Plan(name="few", starts_in=49, opens_in=-42, taken=21),
    Plan(name="open", starts_in=98, opens_in=-21, taken=0),
    Plan(name="soon", starts_in=160, opens_in=45, taken=0),
    Plan(name="full", starts_in=14, opens_in=-56, taken=24, waiting=5),
    Plan(name="under-way", starts_in=-20, opens_in=-70, taken=22),
    Plan(name="over", starts_in=-84, opens_in=-140, taken=18),
)


def load(home: HomePage, today: date) -> None:
    """Make what is missing, known by its slug; what is there stays as it is."""
    index = make_index(home)
    programme = ProgrammePage.objects.filter(slug=SLUG).first() or make_programme(index)
    price = programme.prices.first() or make_price(programme)
    given = make_version(programme, "2021", NAME, PARTS_2021)
    current = make_version(programme, "Now", NAME, PARTS)
    past(Offer(programme, given, price), 2, "Spring term 2021", COHORT_2)
    past(Offer(programme, given, price), 3, "Summer term 2021", COHORT_3)
    for plan in PLANS:
        coming(Offer(programme, current, price), plan, today)


def remove() -> None:
    """Take the programme away with its cohorts, and with the bookings made on them."""
    for programme in ProgrammePage.objects.filter(slug=SLUG):
        cohorts = Cohort.objects.filter(programme=programme)
        OutboxMessage.objects.filter(cohort__in=cohorts).delete()
        Certificate.objects.filter(place__cohort__in=cohorts).delete()
        WaitingEntry.objects.filter(cohort__in=cohorts).delete()
        Place.objects.filter(cohort__in=cohorts).delete()
        bookings = Booking.objects.filter(cohort__in=cohorts)
        booked = list(bookings.values_list("organisation_id", flat=True))
        bookings.delete()
        Organisation.objects.filter(pk__in=booked, bookings__isnull=True).delete()
        cohorts.delete()
        programme.versions.all().delete()
        programme.prices.all().delete()
        programme.delete()
    for index in ProgrammeIndexPage.objects.filter(slug=INDEX_SLUG):
        if not index.get_children().exists():
            index.delete()


def publish(parent: Any, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def make_index(home: HomePage) -> ProgrammeIndexPage:
    existing = ProgrammeIndexPage.objects.first()
    if existing:
        return existing
    summary = "Training with dates, for people in schools who want to change something."
    made: ProgrammeIndexPage = publish(
        home, ProgrammeIndexPage(title="Training", slug=INDEX_SLUG, summary=summary)
    )
    return made


def make_programme(index: ProgrammeIndexPage) -> ProgrammePage:
    page = ProgrammePage(
        title=NAME,
        slug=SLUG,
        summary=LEAD,
        given_as="Five Wednesdays, online",
        who_for=WHO_FOR,
        good_to_know=GOOD_TO_KNOW,
        cost_words=COST_WORDS,
        questions=QUESTIONS,
        testimonials=TESTIMONIALS,
        contact_words=CONTACT,
        contact_email="training@dixons.example",
        **WORDS,
    )
    made: ProgrammePage = publish(index, page)
    return made


def make_price(programme: ProgrammePage) -> PriceRule:
    return PriceRule.objects.create(
        programme=programme,
        name="Per organisation",
        amount=Decimal("500.00"),
        member_waiver=True,
        dues_to="Citizens UK",
        places_included=2,
        conference="Schools Conference",
        conference_places=5,
        credited_later=True,
    )


def make_version(
    programme: ProgrammePage, label: str, name: str, parts: list[tuple[str, str]]
) -> ProgrammeVersion:
    version, is_new = ProgrammeVersion.objects.get_or_create(
        programme=programme, label=label, defaults={"name": name}
    )
    if is_new:
        for order, (title, line) in enumerate(parts):
            ProgrammePart.objects.create(version=version, title=title, line=line, sort_order=order)
    return version


def past(offer: Offer, number: int, term: str, days: list[date]) -> None:
    """A cohort of 2021: no capacity was published, and nobody's name is kept."""
    slug = f"cohort-{number}"
    if Cohort.objects.filter(slug=slug).exists():
        return
    cohort = Cohort.objects.create(
        programme=offer.programme,
        version=offer.version,
        price=offer.price,
        number=number,
        term=term,
        slug=slug,
        opens_at=at(days[0] - timedelta(days=42), 9),
        capacity=None,
        has_waiting_list=False,
    )
    add_sessions(cohort, days)


def coming(offer: Offer, plan: Plan, today: date) -> None:
    """A sample cohort whose dates are computed from today; known by its slug from then on."""
    slug = f"sample-cohort-{plan.name}"
    if Cohort.objects.filter(slug=slug).exists():
        return
    first = first_day(today, plan)
    cohort = Cohort.objects.create(
        programme=offer.programme,
        version=offer.version,
        price=offer.price,
        term=term_words(first),
        slug=slug,
        opens_at=at(today + timedelta(days=plan.opens_in), 9),
        capacity=plan.capacity,
        seats_taken=plan.taken,
        is_sample=True,
    )
    add_sessions(cohort, wednesdays(first, 5))
    add_people(cohort, plan.taken)
    for number in range(1, plan.waiting + 1):
        WaitingEntry.objects.create(
            cohort=cohort,
            kind=WaitingKind.PLACE,
            name=f"Sample person {number}",
            email=f"sample-{number}@school.example",
            consent_version=CURRENT.version,
        )
    enliven(cohort, plan.name)


def add_people(cohort: Cohort, number: int) -> None:
    """Sample people, two a school, so that the roster shows what the seats say; no mails."""
    for person in range(1, number + 1):
        school = (person + 1) // 2
        if person % 2:
            booking = add_booking(cohort, school)
        Place.objects.create(
            booking=booking,
            cohort=cohort,
            name=f"Sample person {person}",
            email=f"person-{person}@sample-school-{school}.example",
        )


def add_booking(cohort: Cohort, school: int) -> Booking:
    name, postcode = f"Sample school {school}", f"BD{school} 1AA"
    organisation, _ = Organisation.objects.get_or_create(
        key=organisation_key(name, postcode), defaults={"name": name, "postcode": postcode}
    )
    return Booking.objects.create(
        cohort=cohort,
        organisation=organisation,
        booker_name="Sample business manager",
        booker_email=f"office@sample-school-{school}.example",
        purchase_order=f"SAMPLE-{school}",
        amount=cohort.price.amount,
        consent_version=CURRENT.version,
        idempotency_key=f"{cohort.slug}-{school}",
    )


def wednesdays(day: date, number: int) -> list[date]:
    """The next ones from `day` on, without Christmas and August, when schools are shut."""
    found: list[date] = []
    day += timedelta(days=(2 - day.weekday()) % 7)
    while len(found) < number:
        if not is_holiday(day):
            found.append(day)
        day += timedelta(weeks=1)
    return found


def first_day(today: date, plan: Plan) -> date:
    """What is under way has begun: then the last Wednesday of term before, else the next."""
    day = today + timedelta(days=plan.starts_in)
    while plan.starts_in < 0 and wednesdays(day, 1)[0] > today:
        day -= timedelta(weeks=1)
    return wednesdays(day, 1)[0]


def is_holiday(day: date) -> bool:
    at_christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3)
    return at_christmas or day.month == 8


def term_words(day: date) -> str:
    """Spring term 2027, second half: as English schools count the year."""
    names = {1: "Spring", 2: "Spring", 3: "Spring", 4: "Summer", 5: "Summer", 6: "Summer"}
    halves = {1: "first", 2: "second", 3: "second", 4: "first", 5: "first", 6: "second"}
    halves |= {7: "second", 8: "first", 9: "first", 10: "first", 11: "second", 12: "second"}
    term = names.get(day.month, "Summer" if day.month == 7 else "Autumn")
    return f"{term} term {day.year}, {halves[day.month]} half"


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LONDON)


def add_sessions(cohort: Cohort, days: list[date]) -> None:
    parts = list(cohort.version.parts.all())
    for number, (day, part) in enumerate(zip(days, parts, strict=True), start=1):
        Session.objects.create(
            cohort=cohort,
            part=part,
            starts_at=at(day, 16),
            ends_at=at(day, 18),
            joining_link=ZOOM.format(f"sample-{cohort.pk}-{number}"),
        )
