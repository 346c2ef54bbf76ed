"""Inputs that break searches elsewhere: quotes, operators, code, letters, controls, sizes."""

import json
from itertools import product
from pathlib import Path

GROUPS: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text())
SIZES = [
    *("a" * 10_000, "a " * 5_000, '"' * 10_000, "(" * 5_000, "👍" * 5_000, "ab" * 40, "x" * 65),
    *("word " * 33, " ".join(str(number) for number in range(2_000)), "é" * 3_000, "日" * 10_000),
    *(" ".join(f'"a{number} b"' for number in range(500)), "a-" * 3_000, "a_" * 3_000),
]
AROUND = product(GROUPS["quotes"][:7], ["", "*", '"', ")", ":"])
MIXED = [f"{before}listening{after}" for before, after in AROUND]

HOSTILE = [*(text for group in GROUPS.values() for text in group), *SIZES, *MIXED]
