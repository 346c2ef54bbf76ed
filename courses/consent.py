"""What people agree to when they register. A changed text is a new version, never an edit. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Consent:
    version: str
    text: str
    detail: str


VERSIONS = {
    "2026-11": Consent(
        "2026-11",
        "We may keep these names and addresses to run this cohort",
        "They are deleted a year after the last session.",
    ),
}
CURRENT = VERSIONS["2026-11"]
