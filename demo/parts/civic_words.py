"""The words of the civic framework and of the listening campaign in Bradford."""

STATEMENTS = (
    "Relationships with young people and their families that last for years.",
    "Broad outcomes for young people, not results alone.",
    "Leaders who act on a moral purpose, in civic life too.",
    "Great schools, and a voice for better policy.",
    "Partnership with other schools and other sectors.",
    "Impact measured for all children of our communities.",
    "A strong workforce and strong communities, each because of the other.",
    "Other people given the power to lead.",
    "A trusted institution that makes local systems work better.",
)
PILLARS = ("Collaboration and accountability", "Civic purpose and the wider common good")
AIMS = (
    "A coherent education for all children",
    "A deep understanding of our communities",
    "A local workforce, with the trust as employer",
)
INTERNAL_PLAN = (
    "<p>For colleagues only: owner, first steps and dates are agreed each autumn and looked at "
    "every half-term.</p>"
)
STRANDS = (
    "Community Partnerships Taskforce",
    "Exceptional Education",
    "Exceptional Welfare",
    "Exceptional Infrastructure",
    "Sustainability",
    "Exceptional People",
)
PRIORITIES = (
    "Prevent and reduce poverty",
    "Mobilise underserved communities",
    "Open the door to opportunities",
    "A stronger culture of leadership",
)
ANSWERS = (
    (
        "cost of living",
        "My mum does the sums twice before the bus.",
        "Students took the fares to the council and came back with a date for an answer.",
    ),
    (
        "mental health",
        "Nobody tells you how long the wait is.",
        "The local NHS agreed to explain its waiting times in plain words, in every school.",
    ),
    (
        "antiracism",
        "Ask us before you write the policy.",
        "A panel of students reads each draft, and its comments are published with it.",
    ),
)
MEETINGS = (
    "The local NHS",
    "The council",
    "The West Yorkshire Mayor",
    "Members of Parliament",
    "The Bishop",
    "Morrisons",
)
COMMITMENTS = (
    ("The council", "Answer the students’ question about fares in public", "End of term", "kept"),
    ("The local NHS", "Explain waiting times in every school", "Within the year", "promised"),
    ("The trust", "Put every draft policy on behaviour before a panel of students", "", "kept"),
)
METHOD = (
    "<p>Students asked students, in every school, the same few questions: what weighs on you, "
    "what do you see here that ought to change, and who could change it? Everybody’s answer "
    "counted once. Then came the research: which of it can be changed from here, and by whom.</p>"
    "<p>Citizens UK, a charity for community organising with branches in Leeds, Bradford and "
    "Liverpool, taught the students how to run a meeting with somebody powerful, and how to ask "
    "for one clear thing.</p>"
)
