"""Sample events, always around today: some again and again, one once, one over, one cancelled."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from community.recurrence import LONDON, Repeat


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """`in_days` from today, then on to the next `weekday` (Monday is 0)."""

    slug: str
    title: str
    summary: str
    in_days: int
    weekday: int
    starts: time
    minutes: int
    place: str
    area: str
    audience: str
    body: str
    repeat: Repeat = Repeat.ONCE
    weeks: int = 0
    is_cancelled: bool = False

    def fields(self, today: date) -> dict[str, Any]:
        day = today + timedelta(days=self.in_days)
        day += timedelta(days=(self.weekday - day.weekday()) % 7)
        starts = datetime.combine(day, self.starts, LONDON)
        return {
            "title": self.title,
            "summary": self.summary,
            "is_sample": True,
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=self.minutes),
            "repeat": self.repeat,
            "until": day + timedelta(weeks=self.weeks) if self.weeks else None,
            "place": self.place,
            "area": self.area,
            "audience": self.audience,
            "body": f"<p>{self.body}</p>",
            "is_cancelled": self.is_cancelled,
        }


PLANS = (
    Plan(
        slug="task-force-meeting",
        title="Community Task Force meeting",
        summary="Local organisations and students, one question, two hours.",
        in_days=-50,
        weekday=1,
        starts=time(18),
        minutes=120,
        place="Sample hall, Bradford",
        area="Bradford",
        audience="Local organisations",
        body="We begin with what the listening brought up, and end with who does what. Come even "
        "if you have never been before; tell us if you need a lift or somebody to interpret.",
        repeat=Repeat.MONTHLY_WEEKDAY,
        weeks=52,
    ),
    Plan(
        slug="listening-morning",
        title="Listening morning for parents",
        summary="Coffee, two questions, and somebody who writes it all down.",
        in_days=-20,
        weekday=3,
        starts=time(8, 45),
        minutes=60,
        place="Sample primary, Leeds",
        area="Leeds",
        audience="Parents and carers",
        body="What would make this a better place for your children, and who could change it? "
        "You can bring the little ones.",
        repeat=Repeat.WEEKLY,
        weeks=20,
    ),
    Plan(
        slug="students-meet-the-council",
        title="Students meet the council",
        summary="A meeting that students run, about buses and what they cost.",
        in_days=24,
        weekday=2,
        starts=time(16, 30),
        minutes=90,
        place="Sample town hall, Bradford",
        area="Bradford",
        audience="Students",
        body="The students ask, the council answers, and everybody hears the answer.",
    ),
    Plan(
        slug="organising-for-beginners",
        title="Organising for beginners",
        summary="An evening on how to find out what people care about.",
        in_days=38,
        weekday=0,
        starts=time(17, 30),
        minutes=90,
        place="Online",
        area="Online",
        audience="Local organisations",
        body="One-to-one conversations: how to ask for one, how to have one, what to do next.",
    ),
    Plan(
        slug="clean-air-walk",
        title="Clean air walk",
        summary="Along the school streets with a measuring kit.",
        in_days=12,
        weekday=5,
        starts=time(10),
        minutes=120,
        place="Sample park gate, Liverpool",
        area="Liverpool",
        audience="Everybody",
        body="The walk is off because the kit is being repaired. A new date comes here first.",
        is_cancelled=True,
    ),
    Plan(
        slug="assembly-of-schools",
        title="Assembly of schools",
        summary="What was promised last year, and what came of it.",
        in_days=-40,
        weekday=4,
        starts=time(17),
        minutes=150,
        place="Sample cathedral hall, Bradford",
        area="Bradford",
        audience="Everybody",
        body="Each promise was read out with the name of whoever made it.",
    ),
)
