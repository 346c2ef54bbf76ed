"""News and the pages that say what the library is, whom it serves and what it keeps."""

from datetime import date

from demo.parts.house_words import ABOUT, ACCESSIBILITY, PRIVACY
from demo.parts.making import (
    Stream,
    about,
    ensure,
    remove_empty,
    remove_pages,
    republish,
    text,
    tie,
)
from home.models import ArticleIndexPage, ArticlePage, HomePage, StandardPage

SLUG = "news"
CIVIC, VOICE, VISITS = "civic-responsibility", "student-voice-across-trusts", "come-and-look"
STANDARD = (
    ("about", "About the library", "Short talks from schools, free to use, added to every week."),
    ("accessibility", "Accessibility", "What works, what does not yet, and whom to tell."),
    ("privacy", "Privacy", "Reading leaves no trace. Registering leaves only what is needed."),
)
BODIES = {"about": ABOUT, "accessibility": ACCESSIBILITY, "privacy": PRIVACY}
TRUST = "Dixons Academies Trust"

CIVIC_BODY: Stream = [
    text(
        "Every year our schools go round the same circle: listening, research, action. We do it "
        "with Citizens UK, a charity for community organising that has local branches in Leeds, "
        "Bradford and Liverpool."
    ),
    (
        "figure",
        {
            "value": "10,000",
            "what": "students took part in the listening campaign in Bradford",
            "year": "2023-24",
            "source": f"{TRUST}, with Citizens UK",
        },
    ),
    ("heading", "Three things came out on top"),
    text(
        "In Bradford the students of the academic year 2023-24 settled on three priorities: the "
        "cost of living, mental health and antiracism. None of them can be settled inside a "
        "school, and that is the point. The next step is to find out who can change them.",
        "So students asked for meetings, and led them: with the local NHS, the council, the West "
        "Yorkshire Mayor, Members of Parliament, the Bishop and Morrisons.",
    ),
    (
        "quote",
        {
            "text": "We did not go to complain. We went to ask for one thing, and a date.",
            "people": [{"who": "Student leader", "role": "Year 10, Bradford"}],
            "is_sample": True,
        },
    ),
    ("heading", "Why a school trust does this"),
    text(
        "A child spends most of the week outside school. What happens there, at home, on the bus, "
        "in a waiting room, decides how much of a lesson can be heard. Helping young people to "
        "change it is part of teaching them."
    ),
]
VOICE_BODY: Stream = [
    text(
        "Children know where they do not feel safe. They know the corner, the bus stop and the "
        "hour. Often no adult does, because nobody asked in a way that was safe to answer."
    ),
    (
        "figure",
        {
            "value": "530",
            "what": "children of 10 to 15 suffer theft every day, on average",
            "year": "2019",
            "source": "The Telegraph, 2019",
        },
    ),
    (
        "figure",
        {
            "value": "13%",
            "what": "of them, one in eight, report it to the police",
            "year": "2019",
            "source": "Office for National Statistics (ONS), 2019",
        },
    ),
    ("heading", "Ask without names"),
    text(
        "An anonymous student-voice system gathers what single reports cannot show: where children "
        "feel unsafe, at what time of day, and which year groups. It asks about knife crime, phone "
        "theft, drug dealing and assault, in plain words, and it does not ask who you are."
    ),
    ("heading", "Share what is needed, and only that"),
    text(
        "Children cross from one school’s streets to another’s, so one school sees one piece. "
        "When the schools of several trusts in one catchment put their pieces together with the "
        "local authority, the police and social care, a pattern appears: this alley, on these "
        "afternoons, in these year groups.",
        "Each partner gets what it needs to act. Then all ask again, and see whether the lamp, the "
        "patrol or the changed bus really helped.",
    ),
]
VISITS_BODY: Stream = [
    (
        "figure",
        {
            "value": "Over 20%",
            "what": "of secondary schools visited us in one year",
            "year": "2015",
            "source": TRUST,
        },
    ),
    text(
        "Many schools have come since. A visit is an ordinary day: nobody rehearses, and doors are "
        "open. Bring a colleague, because two people see more than one, and choose one thing to "
        "watch. Those who look at everything go home with nothing.",
        "If the journey is too long, begin with an episode. Each takes about two minutes and "
        "stands alone.",
    ),
]


def load(home: HomePage, today: date) -> None:
    index, _made = ensure(
        ArticleIndexPage,
        home,
        SLUG,
        title="News",
        summary="What we did, with whom, and the sources of what we say about it.",
    )
    make_article(
        index,
        VISITS,
        title="Come and look",
        summary="What a day with us is like, and how to make it worth your while.",
        body=VISITS_BODY,
        published_on=today,
    )
    make_article(
        index,
        VOICE,
        title="Student voice across trusts",
        summary="Children know where they are not safe. Schools that share what they hear can act.",
        body=VOICE_BODY,
        published_on=today,
    )
    civic = make_article(
        index,
        CIVIC,
        title="Civic responsibility",
        seo_title="How students in Bradford went and asked",
        summary="Ten thousand students, three priorities, and meetings that they led themselves.",
        body=CIVIC_BODY,
        published_on=date(2024, 4, 24),
    )
    if civic:
        tie(civic, "listening-in-bradford-2023-24", "framework", "civic-work")
        republish(civic)
    for slug, title, summary in STANDARD:
        ensure(StandardPage, home, slug, title=title, summary=summary, body=BODIES[slug])


def make_article(index: ArticleIndexPage, slug: str, **fields: object) -> ArticlePage | None:
    """The article, if it was made now."""
    page, is_new = ensure(ArticlePage, index, slug, **fields)
    if not is_new:
        return None
    about(page, "Future planning")
    republish(page)
    return page


def remove() -> None:
    remove_pages(ArticlePage, CIVIC, VOICE, VISITS)
    remove_pages(StandardPage, *(slug for slug, _title, _summary in STANDARD))
    remove_empty(ArticleIndexPage, SLUG)
