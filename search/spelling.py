"""One spelling for words that are written in two ways, so that each finds the other. Pure.

The index and the question both hold the British form; the readers' text is never changed.
"""

import re

# Words in which "ize" is no ending.
IZE_IS_ROOT = ("assize", "capsize", "maize", "midsize", "oversize", "prize", "resize", "seize",
               "size", "downsize", "citizen", "denizen", "wizen", "bizarre")  # fmt: skip
IZE = re.compile(r"^(\w{3,}?[^aeiou])iz(e|es|ed|ing|er|ers|ation|ations|ational|able)$")
YZE = re.compile(r"^(anal|paral|catal)yz(e|es|ed|ing|er|ers)$")
OUR = re.compile(
    r"^(behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum|sav|vig)or"
    r"(s|ed|ing|al|ally|able|ite|ites|hood|hoods|less|ful|er|ers)?$"
)
DOUBLED = re.compile(
    r"^(cancel|channel|counsel|dial|equal|fuel|initial|label|level|marvel|model|quarrel|rival"
    r"|signal|total|travel|tunnel)l(ed|ing|er|ers|or|ors|ation|ations)$"
)
CENTRE = re.compile(r"^(cent|fib|lit|met|theat|kilomet|centimet)er(s|ed)?$")
WHOLE = {
    "acknowledgment": "acknowledgement",
    "ageing": "aging",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "defense": "defence",
    "enroll": "enrol",
    "enrolls": "enrols",
    "enrollment": "enrolment",
    "enrollments": "enrolments",
    "fulfill": "fulfil",
    "fulfills": "fulfils",
    "fulfillment": "fulfilment",
    "gray": "grey",
    "instill": "instil",
    "judgment": "judgement",
    "judgments": "judgements",
    "math": "maths",
    "offense": "offence",
    "practise": "practice",
    "practises": "practices",
    "practised": "practiced",
    "practising": "practicing",
    "license": "licence",
    "licenses": "licences",
    "program": "programme",
    "programs": "programmes",
    "skillful": "skilful",
    "skeptical": "sceptical",
    "willful": "wilful",
}


def british(word: str) -> str:
    """The one form under which a lower-case word is kept.

    >>> british("organization"), british("modelling"), british("prize")
    ('organisation', 'modeling', 'prize')
    """
    if word in WHOLE:
        return WHOLE[word]
    if "iz" in word and not word.startswith(IZE_IS_ROOT):
        word = IZE.sub(r"\1is\2", word)
    if "yz" in word:
        word = YZE.sub(r"\1ys\2", word)
    if "or" in word:
        word = OUR.sub(r"\1our\2", word)
    if "ll" in word:
        word = DOUBLED.sub(r"\1\2", word)
    if "er" in word:
        word = CENTRE.sub(
            lambda found: f"{found[1]}re{found[2] or ''}".replace("reed", "red"), word
        )
    return word
