"""The sample case studies: five schools that do not exist, so that lists have something to show."""

from demo.parts.case_parts import Case, Figure, said, trend
from demo.parts.making import text

CASES = (
    Case(
        slug="one-language-in-three-buildings",
        title="One language in three buildings",
        summary="An all-through school by the sea agreed on six phrases. It is half-way there.",
        scheme="peia",
        context={
            "phase": "all-through",
            "ages": "3 to 16",
            "place": "Sample town on the coast",
            "region": "north-east",
            "setting": "coastal",
            "pupils": 1310,
            "ofsted_before": "requires-improvement",
            "ofsted_before_year": 2022,
            "first_year": 2023,
        },
        figures=(
            Figure(
                metric="of staff use the six agreed phrases when they are observed",
                unit="%",
                before="24",
                before_year="2023",
                after="71",
                after_year="2024",
                base="118 short observations in 2023, 124 in 2024",
                source="observations by leaders",
            ),
            Figure(
                metric="lates to the first lesson in a week",
                lower_is_better=True,
                before="86",
                before_year="2023",
                after="93",
                after_year="2024",
                base="years 7 to 11, 620 pupils",
            ),
        ),
        body=[
            text(
                "Three buildings had three ways of asking for silence. A pupil who moved from the "
                "primary building to the upper school had to learn the adults again.",
                "Staff from all three wrote down what they say at five moments of the day. Six "
                "phrases were kept. They are short, they are polite, and anyone may say them.",
                "One figure went the wrong way. The walk between the buildings got longer while a "
                "bridge was closed; the school left the number in and is changing the bell.",
            )
        ],
        links=("say-it-again-in-november",),
        topics=("Strategy",),
    ),
    Case(
        slug="late-no-longer",
        title="Late no longer",
        summary="A rural secondary with eleven bus routes moved its welcome to the bus stop.",
        scheme="behaviour-hubs",
        context={
            "phase": "secondary",
            "ages": "11 to 18",
            "place": "Sample market town",
            "region": "yorkshire",
            "setting": "rural",
            "pupils": 790,
            "ofsted_before": "good",
            "ofsted_before_year": 2019,
            "ofsted_after": "good",
            "ofsted_after_year": 2024,
            "first_year": 2022,
            "last_year": 2024,
        },
        figures=(
            Figure(
                metric="minutes of the first lesson lost in a week",
                lower_is_better=True,
                before="47.5",
                before_year="2022-23",
                after="12",
                after_year="2023-24",
                base="30 first lessons a week, timed in two weeks of each term",
                source="timings by tutors",
            ),
        ),
        body=[
            text(
                "Buses come late when it is icy, and no poster changes that. So the school asked "
                "what a calm start looks like for a pupil who arrives at twenty past.",
                "A tutor meets each bus. The first task lies on the desk for whoever comes, and "
                "nobody is asked why they are late before they sit down.",
            )
        ],
        quote=said(
            "The bus was never the problem. What we did at the door was.",
            "Head of year",
            "Partner secondary, North Yorkshire",
        ),
        links=("the-walk-to-the-hall",),
        topics=("Joy",),
    ),
    Case(
        slug="a-timetable-you-can-see",
        title="A timetable you can see",
        summary="A small alternative provision built its day around four fixed points.",
        scheme="direct-agreements",
        context={
            "phase": "alternative",
            "ages": "11 to 16",
            "place": "Leeds",
            "region": "yorkshire",
            "setting": "city",
            "pupils": 64,
            "first_year": 2023,
            "last_year": 2025,
        },
        figures=(
            Figure(
                metric="of sessions attended",
                unit="%",
                before="61",
                before_year="2022-23",
                after="78",
                after_year="2024-25",
                base="64 places",
                source="attendance register",
            ),
            Figure(
                metric="of pupils can say what happens next in their day",
                unit="%",
                after="91",
                after_year="2025",
                base="53 of 58 asked",
                source="survey by the school",
            ),
        ),
        body=[
            text(
                "Every pupil came with a plan of their own, and nobody could see the whole day. "
                "The team chose four points that never move: breakfast, the walk, lunch, the last "
                "ten minutes. All the rest may bend.",
                "Nobody had asked about the second figure before, so there is no value to compare "
                "it with. The school asks again each spring.",
            )
        ],
        topics=("Future planning",),
    ),
    Case(
        slug="lunch-in-two-short-queues",
        title="Lunch in two short queues",
        summary="A primary in Liverpool changed one hour, and the afternoon followed.",
        scheme="tsio",
        context={
            "phase": "primary",
            "ages": "4 to 11",
            "place": "Liverpool",
            "region": "north-west",
            "setting": "city",
            "pupils": 412,
            "ofsted_before": "requires-improvement",
            "ofsted_before_year": 2021,
            "ofsted_after": "good",
            "ofsted_after_year": 2023,
            "first_year": 2021,
            "last_year": 2023,
        },
        figures=(
            Figure(
                metric="incidents noted at lunchtime in a half-term",
                lower_is_better=True,
                before="63",
                before_year="2021-22",
                after="19",
                after_year="2022-23",
                base="412 pupils",
            ),
            Figure(
                metric="minutes until the afternoon lesson begins",
                lower_is_better=True,
                before="11",
                before_year="2021-22",
                after="4",
                after_year="2022-23",
                base="14 classes, timed on four days",
                source="timings by teaching assistants",
            ),
        ),
        trends=[
            trend(
                "Incidents at lunchtime fell from 71 to 17 in two years.",
                "Incidents at lunchtime",
                (71, 63, None, 40, 22, 17),
                base="412 pupils; nobody counted in summer 2023",
            )
        ],
        body=[
            text(
                "The hall held two hundred children and one queue. The school made two short ones, "
                "gave each child a place for the week, and put the adults where the corners are.",
                "The idea came from a visit. The rest did not: a corridor in a secondary has no "
                "four-year-olds in it, so the words, the songs and the order are the school’s own.",
            )
        ],
        quote=said(
            "We watched a corridor and went home with a lunch hall.",
            "Deputy headteacher",
            "Partner primary, Liverpool",
        ),
        links=("the-walk-to-the-hall", "joy-without-noise"),
        topics=("Joy",),
    ),
    Case(
        slug="a-calm-start-to-the-day",
        title="A calm start to the day",
        summary="A secondary in Bradford spent two years on the first ten minutes. It took our "
        "principles and built its own routines.",
        scheme="behaviour-hubs",
        context={
            "phase": "secondary",
            "ages": "11 to 16",
            "place": "Bradford",
            "region": "yorkshire",
            "setting": "city",
            "pupils": 1040,
            "ofsted_before": "requires-improvement",
            "ofsted_before_year": 2021,
            "ofsted_after": "good",
            "ofsted_after_year": 2024,
            "first_year": 2022,
            "last_year": 2024,
        },
        figures=(
            Figure(
                metric="suspensions in the year",
                lower_is_better=True,
                before="212",
                before_year="2021-22",
                after="96",
                after_year="2023-24",
                base="1,040 pupils",
            ),
            Figure(
                metric="of pupils say that lessons start calmly",
                unit="%",
                before="58",
                before_year="2022",
                after="83",
                after_year="2024",
                base="871 answers in 2022, 902 in 2024",
                source="survey of pupils",
            ),
        ),
        trends=[
            trend(
                "Removals from lessons fell from 118 to 31 in two years.",
                "Removals from lessons",
                (118, 104, 71, 52, 44, 31),
                base="1,040 pupils, years 7 to 11",
            )
        ],
        body=[
            text(
                "Leaders visited three times and took notes on one thing only: the minutes before "
                "a lesson begins. Then they went home and wrote their own version.",
                "Two principles stayed as they were, high expectations and consistency. All the "
                "rest was theirs: the words at the door, the place of the line, the shape of the "
                "task.",
                "A mentor from our lead school met them every month to look at the figures above, "
                "and to ask what had surprised them.",
            )
        ],
        quote=said(
            "We kept the why and threw away the how.",
            "Assistant principal",
            "Partner secondary, Bradford",
        ),
        links=(
            "classroom-routines-and-joy",
            "when-a-routine-slips",
            "entry-routine-adapted-for-two-sites",
        ),
        topics=("Joy", "Strategy"),
    ),
)
