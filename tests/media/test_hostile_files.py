"""Files made to keep the server busy, or to break it: each is read or refused in words, at once."""

import subprocess
import sys
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media.models import Recording
from media.reading import MAX_LINES, Refused, read_text, text_of
from media.reading.rolling import MOST_LINES, repeats
from media.reading.sources import MAX_BYTES
from media.wagtail_hooks import RecordingViewSet

CUE = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
LETTERS = 1_400_000
SLOW = {
    "spaces after a voice": f"{CUE}<v{' ' * LETTERS}",
    "voices that never end": CUE + f"<v{' ' * 400}" * 3_400,
    "tags that never end": CUE + "<c " * 400_000,
    "a name far from its time": f"00:01 hi\na{' ' * LETTERS}b",
    "a time far from its number": f"0:{' ' * LETTERS}->",
    "wide spaces before words": "\u00a0" * LETTERS + "x",
    "dashes": f"1:1{'- ' * 700_000}",
    "two screens of lines": CUE
    + "a\n" * 49_000
    + "\n00:00:02.000 --> 00:00:03.000\n"
    + "b\n" * 49_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_keeps_the_reader_busy(name: str) -> None:
    """In a process of its own, which the system stops after ten seconds of work."""
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (10, 10));"
        "from media.reading import read_text; read_text(sys.stdin.read())"
    )
    done = subprocess.run([sys.executable, "-c", limited], input=SLOW[name].encode(), check=False)
    assert done.returncode == 0


def test_more_lines_than_any_talk_has_are_refused_at_once() -> None:
    reading = read_text("1\n" * (MAX_LINES + 1))
    assert (reading.cues, "more lines" in str(reading.problems[0])) == ((), True)


def test_only_so_many_lines_roll_as_fit_on_a_screen() -> None:
    screen = [str(number) for number in range(MOST_LINES)]
    assert repeats(["before", *screen], [*screen, "after"]) == MOST_LINES
    assert repeats(["before", *screen, "more"], [*screen, "more", "after"]) == 0


def test_a_file_too_large_for_words_is_not_read_to_its_end(db: None) -> None:
    class Endless(SimpleUploadedFile):
        asked: list[Any] = []

        def read(self, size: int | None = None) -> bytes:
            self.asked.append(size)
            return b"x" * (MAX_BYTES + 1)

    file = Endless("words.vtt", b"x")
    form_class = RecordingViewSet().get_edit_handler().bind_to_model(Recording).get_form_class()
    form = form_class({"title": "A talk"}, {"captions": file}, instance=Recording())
    form.is_valid()
    assert Endless.asked == [MAX_BYTES + 1]
    assert "too big" in str(form.errors["captions"])


def word_file(body: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as folder:
        folder.writestr("_rels/.rels", links)
        folder.writestr(
            "word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>"
        )
    return out.getvalue()


@pytest.mark.parametrize("body", ["<w:p/>" * 600_000, f"<w:p>{'<w:r/>' * 600_000}</w:p>"])
def test_a_document_of_nothing_but_tags_is_refused_before_it_is_unfolded(body: str) -> None:
    with pytest.raises(Refused, match="too big"):
        text_of(word_file(body))


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_a_damaged_document_is_refused_however_it_was_packed(method: int) -> None:
    whole = word_file("<w:p><w:r><w:t>00:01 Good morning</w:t></w:r></w:p>", method)
    assert text_of(whole) == "00:01 Good morning"
    refused = 0
    for at in range(4, len(whole)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            text_of(bytes(broken))
        except Refused:
            refused += 1
    assert refused > 100
