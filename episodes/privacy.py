"""Talks, and that their speakers agreed."""

from core.privacy import page
from privacy.declared import ByHand, by_hand, nothing_personal, person
from privacy.others.words import PUBLISHED
from privacy.registry import declare

CONSENT = "as long as the talk; the proof that the speaker agreed"

declare(
    "episodes.SpeakerConsent",
    person(
        "who agreed to be published, and the colleague who noted it",
        ByHand(),
        CONSENT,
        by_hand("speaker", "the page of the speaker"),
        by_hand("given_on", "the day"),
        by_hand("recorded_by", "who heard the yes"),
        by_hand("note", "where the form lies, or what the speaker asked for"),
    ),
    nothing_personal("id", "sort_order", "episode"),
)
page("episodes.EpisodeIndexPage")
page("episodes.SeriesIndexPage")
page(
    "episodes.SeriesPage",
    nothing_personal("number", "overview", "for_whom", "sleeve", "motif", "licence"),
)
page(
    "episodes.EpisodePage",
    person(
        "who speaks",
        ByHand(),
        PUBLISHED,
        by_hand("lead", "the first words"),
        by_hand("takeaways", "what to take away"),
    ),
    nothing_personal(
        *("override", "series", "number", "recording", "chapters", "prompts", "recorded_on"),
        *("published_on", "last_reviewed", "licence", "sample_wording"),
    ),
)
