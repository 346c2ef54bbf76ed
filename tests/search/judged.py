"""A small library and what a person judged to answer each question, best first.

Talks are lists of what is said, one cue of six seconds each. A judgement names titles, and for a
spoken moment the title with its cue, counted from 0: `Nods@3`.
"""

from itertools import accumulate

TALKS = {
    "What a coach listens for": [
        "When I sit down with a teacher I say nothing for two minutes.",
        "Half of coaching is listening.",
        "The other half is waiting long enough to find out what you heard.",
        "So I stopped writing while they talk.",
        "You cannot look at a person and at a form.",
        "Then I ask one question, about one moment in the lesson.",
        "Not how did it go, but what did you see when they put their pens down?",
        "Practise it before the lesson, standing up, out loud.",
        "We rehearse the first thirty seconds until it is dull.",
        "Dull for us is calm for the children.",
        "Next week I come back for those thirty seconds only.",
        "Feedback that nobody comes back for is a diary entry.",
    ],
    "Read the room first": [
        "Our strategy failed in October, and it was a good strategy.",
        "We launched it in a hall with two hundred people and a slide.",
        "People told us it was fine.",
        "We thought we had been listening. We had been collecting nods.",
        "So we went to every staff room and asked what they would stop.",
        "Stopping something is the first sign that you mean it.",
        "We dropped three data collections a year.",
        "Workload is not a feeling, it is a calendar.",
        "Only then did we write the plan, on one page.",
        "Five people own it, one line each.",
        "In November we say it again, as if nobody had heard.",
        "Because half of them had not.",
    ],
    "Joy without noise": [
        "Joy is not the opposite of rigour.",
        "Our children sing at the end of assembly, every Friday.",
        "The corridors are silent because everyone knows why.",
        "A warm greeting at the door costs nothing.",
        "We learn their names in the first week of September.",
        "Praise lands when it is about the work.",
        "Behaviour policy is what you do at ten to nine.",
        "A routine slips on a wet Tuesday, not in the handbook.",
        "So we teach the walk to the hall again.",
        "Nobody is told off for being taught.",
    ],
    "The first minute": [
        "Every hour begins before the bell.",
        "I stand where they come in, and I use their surnames.",
        "There is a task on each desk that anyone can begin with.",
        "So nobody fidgets and nobody asks.",
        "When the start is calm, the rest of it is calm.",
        "I used to win the room back every single time.",
        "That is tiring, and it is not teaching.",
    ],
}
PAGES = {
    "Listening campaign, Bradford": (
        "Ten thousand students said what weighs on them: cost of living, mental health, "
        "antiracism. Leaders met them and made commitments."
    ),
    "A calm start to the day": (
        "Before it changed a routine, the school spent a fortnight listening at the gate. "
        "Late arrivals fell from 31 a day to 12 within a year."
    ),
    "Reading aloud in every lesson": (
        "Fluency grows when pupils read aloud together. Phonics for those who join late; "
        "tutors, dictionaries, and a class reader in each form."
    ),
    "Community organising in schools": (
        "Training in five Wednesdays. One-to-one conversations, relational power, and "
        "actions that win change for families."
    ),
    "Behaviour hubs": (
        "A programme of visits and support for schools that want calmer classrooms and "
        "clear routines. Open to primary and secondary schools in the North."
    ),
    "Staff development policy": (
        "Every teacher has thirty hours of continuing professional development a year, a "
        "coach, and time to practise."
    ),
    "Attendance: the first ten days": (
        "Absence in September predicts the year. Call home on day one, visit on day "
        "three, and make a plan with the family."
    ),
    "Assessment without levels": (
        "Mark less, check more. Whole-class feedback replaced written marking and saved "
        "each teacher four hours a week."
    ),
    "Safeguarding": (
        "Who to tell, what to write down, and when. The designated lead is on site all day."
    ),
    "Special educational needs": (
        "Adapt the task, not the ambition. Teaching assistants plan with teachers; plans "
        "for every child with an EHCP are one page."
    ),
    "Visit us": ("See a morning in one of our academies in Leeds, Bradford or Liverpool."),
    "Late no longer": (
        "What does a calm start of lessons look like to someone who comes at twenty past? "
        "A tutor meets each bus."
    ),
    "Careers and the world of work": ("Every student meets eight employers before they leave."),
}
SYNONYMS = ["INSET, CPD, continuing professional development", "SEND, special educational needs"]
JUDGED = {
    "listening": [
        "Listening campaign, Bradford",
        "What a coach listens for",
        "A calm start to the day",
    ],
    "behavior": ["Behaviour hubs", "Joy without noise@6"],
    "INSET": ["Staff development policy"],
    "SEND": ["Special educational needs"],
    "coaching": [
        "What a coach listens for",
        "What a coach listens for@1",
        "Staff development policy",
    ],
    "calm start": ["A calm start to the day"],
    "calm start of lessons": [
        "Late no longer",
        "The first minute@4",
        "A calm start to the day",
    ],
    "a task on the desk to begin the lesson": ["The first minute@2"],
    "how to win back the attention of a room": ["The first minute@5"],
    "one to one": ["Community organising in schools"],
    "organizing": ["Community organising in schools"],
    "attendence": ["Attendance: the first ten days"],
    "safegarding": ["Safeguarding"],
    "reading aloud": ["Reading aloud in every lesson"],
    "whole class feedback marking": ["Assessment without levels"],
    "wet tuesday": ["Joy without noise@7"],
    "collecting nods": ["Read the room first@3"],
    "plan on one page": ["Read the room first@8", "Special educational needs"],
    "visits to academies": ["Visit us"],
    "teacher workload": ["Read the room first@7"],
    "phonics": ["Reading aloud in every lesson"],
    "fonics": ["Reading aloud in every lesson"],
    "ten thousand students": ["Listening campaign, Bradford"],
    "routines": ["A calm start to the day", "Behaviour hubs", "Joy without noise@7"],
    "“warm greeting”": ["Joy without noise@3"],
    "you cannot look at a person and a form at the same time": ["What a coach listens for@4"],
    "feedback that nobody comes back for is only a diary entry": ["What a coach listens for@11"],
    "our children sing every friday at the end of the assembly": ["Joy without noise@1"],
    "stop something if you want people to see that you mean it": ["Read the room first@5"],
}
CUE_MS = 6_000


def gain(place: int) -> float:
    """What a right answer is worth at a place, counted from 0."""
    discounts = (1.0, 0.63, 0.5, 0.43, 0.39)
    return discounts[place] if place < len(discounts) else 0.0


def score(found: list[str], wanted: list[str]) -> float:
    """nDCG of the first five: 1 where all that is wanted stands first, in whatever order."""
    reached = sum(gain(place) for place, name in enumerate(found) if name in wanted)
    best = list(accumulate(gain(place) for place in range(len(wanted))))[-1]
    return reached / best
