"""A talk as a film: designed pictures, one record whose ring fills while the talk plays."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from demo.studio import chromium
from demo.studio.command import CommandError, ffmpeg
from demo.studio.covers import HOT, Ring
from demo.studio.recording import Recording
from demo.studio.script import Series, Talk
from demo.studio.slides import DISCS, STILL, Place, Stage, page
from demo.studio.storyboard import Shot, shots

SIZE = (1280, 720)
RATE = 5
SMOOTH = 3  # how much larger an arc is drawn, so that its edge is not a staircase
FONTS = Path(__file__).resolve().parents[2] / "site" / "static" / "fonts"
_COLOURS = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
_TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
_EXACT = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact")


def make(
    recording: Recording, series: Series, album: list[Talk], folder: Path, workshop: Path
) -> None:
    """Poster, MP4 and WebM of a talk that asks for them."""
    talk = recording.talk
    if not talk.video:
        return
    stage = Stage(talk, series, album, FONTS)
    desk = workshop / talk.slug
    plan = shots(talk, recording.spans, recording.duration)
    pictures = _draw(stage, plan, desk)
    pictures[plan[0]].save(folder / "poster.webp", quality=82, method=6)
    silent = desk / "silent.mkv"
    _film(_frames(stage, plan, pictures, recording.duration), silent)
    _pack(silent, recording.master, folder)


def _draw(stage: Stage, plan: list[Shot], desk: Path) -> dict[Shot, Image.Image]:
    """Each picture once, however often it is shown."""
    drawn: dict[str, Image.Image] = {}
    found = {}
    for shot in plan:
        source = page(stage, shot)
        if source not in drawn:
            target = desk / f"{len(drawn):02d}-{shot.kind}.png"
            drawn[source] = chromium.picture(source, target, SIZE)
        found[shot] = drawn[source]
    return found


def _frames(
    stage: Stage, plan: list[Shot], pictures: dict[Shot, Image.Image], duration: int
) -> Iterator[Image.Image]:
    """Every frame, ring and all. Pictures change by a cut: words that melt cannot be read."""
    ring = stage.tracks[stage.talk.number - 1]
    for number in range(duration * RATE // 1000):
        now = number * 1000 // RATE
        shot = [one for one in plan if one.start <= now][-1]
        frame = pictures[shot].copy()
        if shot.kind not in STILL:
            _fill(frame, DISCS[shot.kind], ring, now / duration)
        yield frame


def _fill(frame: Image.Image, place: Place, ring: Ring, share: float) -> None:
    """The part of the ring that has been played, clockwise from the top."""
    scale = place.radius / 200 * SMOOTH
    reach = (ring.radius + ring.width / 2) * scale
    side = 2 * place.radius * SMOOTH
    middle = side / 2
    mask = Image.new("L", (side, side))
    box = (middle - reach, middle - reach, middle + reach, middle + reach)
    ImageDraw.Draw(mask).arc(box, -90, -90 + 360 * share, fill=255, width=round(ring.width * scale))
    small = mask.resize((2 * place.radius,) * 2, Image.Resampling.BOX)
    frame.paste(HOT, (place.x - place.radius, place.y - place.radius), small)


def _film(frames: Iterator[Image.Image], target: Path) -> None:
    """The frames without loss, piped so that no thousand files lie about."""
    parts = [
        "ffmpeg", "-hide_banner", "-loglevel", "error", "-y",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE),
        "-i", "-", "-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", str(target),
    ]  # fmt: skip
    with subprocess.Popen(parts, stdin=subprocess.PIPE) as pipe:  # noqa: S603  (our own command)
        if pipe.stdin is None:
            raise CommandError("ffmpeg takes no frames")
        for frame in frames:
            pipe.stdin.write(frame.tobytes())
        pipe.stdin.close()
    if pipe.returncode:
        raise CommandError("ffmpeg could not write the frames")


def _pack(silent: Path, master: Path, folder: Path) -> None:
    """Two files of the same film: H.264 plays everywhere, VP9 is free of patents."""
    both = ("-i", str(silent), "-i", str(master), "-map", "0:v", "-map", "1:a")
    ffmpeg(
        *both, "-vf", _COLOURS, *_TAGS, *_EXACT, "-c:v", "libx264", "-preset", "slow",
        "-crf", "26", "-tune", "animation", "-g", "50", "-c:a", "aac", "-b:a", "48k",
        "-ac", "1", "-ar", "48000", "-movflags", "+faststart", str(folder / "talk.mp4"),
    )  # fmt: skip
    ffmpeg(
        *both, "-vf", _COLOURS, *_TAGS, *_EXACT, "-c:v", "libvpx-vp9", "-b:v", "0",
        "-crf", "36", "-g", "50", "-row-mt", "1", "-cpu-used", "3", "-deadline", "good",
        "-c:a", "libopus", "-b:a", "40k", "-ac", "1", str(folder / "talk.webm"),
    )  # fmt: skip
