"""The words of the training programme. Facts are the trust's; testimonials are samples."""

LEAD = (
    "Five Wednesdays, online, with Citizens UK. For anyone in a school who wants to change"
    " something with the people it touches, not for them."
)
PARTS = [
    ("Change, power and self-interest", "What moves people, and what stops them."),
    (
        "Relational power through one-to-ones",
        "A conversation with a purpose, practised in pairs.",
    ),
    ("Students, staff and parents in the cycle of action", "Who starts, who joins, who is heard."),
    (
        "Developing leaders in the school community",
        "Finding the people whom others already follow.",
    ),
    ("Evaluation and making a plan", "What worked, what comes next, who does it."),
]
# Content.md names the parts once and says that they were reworded later: the words of 2021
# are not kept, so past cohorts carry the same titles without a line of explanation.
PARTS_2021 = [(title, "") for title, _ in PARTS]
WHO_FOR = (
    "<p>Teaching assistants, teachers, headteachers and link workers. Some are new to this, some"
    " have done it for years. What matters is that your organisation stands behind you.</p>"
)
WORDS = {
    "about": (
        "<p>Community organising starts with listening: people find out what matters to them,"
        " act on it together, and look back at what came of it. Here is how that works in a"
        " school.</p>"
    ),
    "comparison": (
        "<p>It is easier to reach than the residential training, regional (three days) and"
        " national (six days), and than the local days. It does not replace them.</p>"
    ),
}
GOOD_TO_KNOW = """Register once. The mail that confirms it holds all five dates.
It also holds the joining link of each session, and a file for your calendar.
Each person you name gets a mail and a page of their own."""
COST_WORDS = (
    "<p>Organisations that pay dues to Citizens UK pay nothing. All others pay £500 an"
    " organisation, and it is taken off the first year’s dues if they join later.</p>"
)
CONTACT = "Not sure whether it fits? Write to us: a person answers."


def question(ask: str, answer: str) -> dict[str, object]:
    return {"type": "question", "value": {"question": ask, "answer": f"<p>{answer}</p>"}}


QUESTIONS = [
    question(
        "Do I have to be a teacher?",
        "No. Teaching assistants, headteachers and link workers come too; what counts is that"
        " your organisation backs you.",
    ),
    question(
        "May the person who books be somebody else?",
        "Yes. Give the names and addresses of those who attend: each gets their own confirmation.",
    ),
    question(
        "What if we join Citizens UK afterwards?",
        "Then what you paid is taken off your first year’s dues.",
    ),
    question(
        "Where do I find the joining links?",
        "In the mail that confirms your place, and from 24 hours before each session on your"
        " own page.",
    ),
]
TESTIMONIALS = [
    {
        "type": "quote",
        "value": {
            "text": "I stopped bringing answers to parents and started bringing a question.",
            "people": [{"who": "Teacher", "role": "Multi-academy trust, Leeds alliance"}],
            "is_sample": True,
        },
    },
    {
        "type": "quote",
        "value": {
            "text": "We came as two strangers from two schools. We left with one plan.",
            "people": [
                {"who": "Link worker", "role": "Primary, Bradford alliance"},
                {"who": "Link worker", "role": "Secondary, Bradford alliance"},
            ],
            "is_sample": True,
        },
    },
]
