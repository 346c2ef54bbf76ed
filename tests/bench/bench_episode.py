"""The page of a long talk: 1,500 cues, as an hour and a half of conversation has."""

import time
from functools import partial

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from episodes.models import EpisodePage
from home.models import StandardPage
from media.cues import Reading, SpokenCue
from media.models import Recording
from media.services import import_transcript
from tests.bench.frame import at_most, benchmark, ratio
from tests.bench.library import VOCABULARY
from tests.episodes.factories import chapters, make_episode, make_series
from tests.factories import make_home, make_page
from tests.media.factories import add_file
from tests.media.factories import MP3, WEBM

CUES, CUE_MS = 1_500, 3_100


def long_talk() -> EpisodePage:
    recording = Recording.objects.create(title="Long", duration_ms=CUES * CUE_MS)
    add_file(recording, "long.webm", WEBM)
    add_file(recording, "long.mp3", MP3)
    import_transcript(recording=recording, reading=Reading(cues=tuple(spoken())))
    starts = [(at * CUE_MS * CUES // 8, f"Part {at + 1}") for at in range(8)]
    return make_episode(
        "Long", series=make_series(), recording=recording, chapters=chapters(*starts)
    )


def spoken():
    for number in range(CUES):
        words = " ".join(VOCABULARY[(number * 7 + at * 13) % len(VOCABULARY)] for at in range(9))
        text = words[:48].strip().capitalize() + ("." if number % 3 == 2 else "")
        speaker = ("Vice principal", "Teacher of science")[number // 40 % 2]
        start = number * CUE_MS
        yield SpokenCue(start_ms=start, end_ms=start + CUE_MS, text=text, speaker=speaker)
