"""python -m demo.studio [--only sound|papers|film] [slug ...]: make the talks, all of them or some.

The sound is always there (a piece that was spoken before is not spoken again), because
everything else hangs on its times.
"""

import argparse
from pathlib import Path

from demo.studio import film, manifest, papers, recording
from demo.studio.script import Series, Talk, load_series, load_talks
from demo.studio.voices import VOICES

DEMO = Path(__file__).resolve().parent.parent
WORKSHOP = DEMO.parent / "var" / "studio"
STEPS = ("sound", "papers", "film")


def main() -> None:
    """Make what was asked for and say what came of it."""
    wanted = _arguments()
    series = load_series(DEMO / "talks")
    talks = load_talks(DEMO / "talks")
    known = {talk.slug for talk in talks}
    if unknown := sorted(set(wanted.slugs) - known):
        raise SystemExit(f"No such talk: {', '.join(unknown)}")
    for talk in talks:
        if not wanted.slugs or talk.slug in wanted.slugs:
            album = [other for other in talks if other.series == talk.series]
            print(make(talk, series[talk.series], album, wanted.only or STEPS))


def make(talk: Talk, series: Series, album: list[Talk], steps: tuple[str, ...]) -> str:
    """One talk, with all its files and its manifest."""
    folder = DEMO / "media" / talk.slug
    folder.mkdir(parents=True, exist_ok=True)
    recorded = recording.record(talk, WORKSHOP)
    if "sound" in steps:
        recording.publish(recorded, folder, series.title)
    if "papers" in steps:
        papers.make(talk, series, DEMO / "papers", folder, WORKSHOP)
    if "film" in steps:
        film.make(recorded, series, album, folder, WORKSHOP)
    voices = [_credit(speaker.voice, speaker.role) for speaker in talk.speakers.values()]
    described = manifest.describe(
        talk,
        series,
        found=recorded.spans,
        duration=recorded.duration,
        folder=folder,
        voices=voices,
    )
    manifest.save(described, folder)
    total = sum(file["bytes"] for file in described["files"])
    return f"{talk.slug}: {recorded.duration / 1000:.0f} s, {total / 1000:.0f} kB"


def _credit(name: str, role: str) -> dict[str, str]:
    voice = VOICES[name]
    return {
        "role": role,
        "voice": voice.name,
        "engine": voice.engine,
        "model": voice.model,
        "licence": voice.licence,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo.studio", description=__doc__)
    parser.add_argument("slugs", nargs="*", help="talks by slug; all if none is named")
    parser.add_argument("--only", action="append", choices=STEPS, help="one step, repeatable")
    return parser.parse_args()


if __name__ == "__main__":
    main()
