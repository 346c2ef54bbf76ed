"""The words of the standard pages. They say what the site does; change them with it."""

from demo.parts.making import Stream, text

ABOUT: Stream = [
    text(
        "Dixons Academies Trust works in Leeds, Bradford and Liverpool to challenge educational "
        "and social disadvantage. This is its open library. It is free, it needs no account, and "
        "something is added every week: on assessment, coaching, future planning, joy, strategy.",
        "An episode is short, a couple of minutes, and stands alone. You can watch it or only "
        "listen. It is not a polished production: it is a colleague who has tried something.",
    ),
    ("heading", "Series work like albums"),
    text(
        "The first episode gives the thinking, the others go down into one part each. The same "
        "document often appears in several versions, because another school made it its own. Take "
        "whichever is closest to you, and change it.",
    ),
    ("heading", "What you may do with it"),
    text(
        "Show it in a meeting, print it, adapt it. Each page names its licence. If you improve "
        "something, tell us, and we will show your version next to ours.",
    ),
    ("heading", "What is made up here"),
    text(
        "This is a demonstration. People, schools and figures that carry the word Sample do not "
        "exist. The voices of the talks are synthetic: a program reads what we wrote.",
    ),
]
ACCESSIBILITY: Stream = [
    text(
        "Everything here is meant to work for everybody: with a keyboard, a screen reader, large "
        "letters, in the dark, on paper, and without JavaScript. We build to the Web Content "
        "Accessibility Guidelines 2.2, level AA.",
    ),
    ("heading", "What you can count on"),
    text(
        "<ul><li>Every talk has captions and a transcript that you can read without playing "
        "it.</li><li>Every chart is followed by a table with the same figures.</li><li>Forms say "
        "what went wrong in words, and keep what you typed.</li><li>Nothing is said by colour "
        "alone, and nothing moves if you ask your system for less motion.</li></ul>",
    ),
    ("heading", "What is not good enough yet"),
    text(
        "<ul><li>Some transcripts are made by a program and not yet checked by a person. They say "
        "so.</li><li>Documents that come from other schools may lack headings that a screen "
        "reader can follow. Ask us and we send you the words.</li><li>There is no British Sign "
        "Language version of the talks.</li></ul>",
    ),
    ("heading", "Tell us"),
    text(
        "If something stops you, write to whoever runs this library. Say which page and "
        "what you use. We answer, and say here what we changed.",
    ),
]
PRIVACY: Stream = [
    text(
        "You can read, watch and listen to everything without telling us who you are. There is no "
        "account, no advertising, no tracking, and no request to another company unless you press "
        "play on a talk that lies with one; the page says so before you do.",
    ),
    ("heading", "Cookies"),
    text(
        "Reading sets no cookie. Your own browser keeps where you stopped in a talk and whether "
        "you like the page light or dark; that never reaches us. The forms set none "
        "either. Staff get a cookie when they log in, and so does whoever opens a page that asks "
        "for a password.",
    ),
    ("heading", "If you write to us"),
    text(
        "We keep your name, your address and what you wrote, so that a colleague can answer. It is "
        "deleted a year after we have dealt with it.",
    ),
    ("heading", "If you register for training"),
    text(
        "We keep the names and addresses of whoever books and whoever attends, to run the cohort: "
        "the confirmation, the dates and the joining links. The form shows what you agree to and "
        "for how long it is kept. You can ask for a copy of it, or to have it deleted sooner.",
    ),
    ("heading", "Questions"),
    text(
        "Write to the address that your confirmation came from. This is a demonstration: who runs "
        "a library of their own puts an address at the foot of every page.",
    ),
]
