"""What an episode should have before it is published: each point with what to do, and where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from core.models import PageLink
from core.relations import kind_of
from media.models import Recording, Transcript

MADE_BY_MACHINE = "A still from "


@dataclass(frozen=True, slots=True)
class Point:
    """`needed` points keep a page from being published, unless somebody says why."""

    title: str
    met: bool
    todo: str
    url: str
    where: str
    needed: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the rules look at, of a page as it is stored or as it is typed."""

    summary: str
    licence: str
    recording: Recording | None
    chapters: int
    linked: list[Page]
    people: list[Page]
    agreed: set[int]  # the speakers, by number, whose consent is noted
    topics: int

    @property
    def transcript(self) -> Transcript | None:
        return self.recording.transcript if self.recording else None


def facts_of(page: Any) -> Facts:
    targets = [row.target for row in page.links_out.all()]
    return Facts(
        summary=page.summary,
        licence=page.licence,
        recording=page.recording,
        chapters=len(page.chapters),
        linked=[*targets, *linking_to(page)],
        people=[row.person for row in page.page_people.all()],
        agreed={row.speaker_id for row in page.consents.all()},
        topics=page.page_topics.count(),
    )


def linking_to(page: Any) -> list[Page]:
    """Pages whose own list names this one: readers see them on both."""
    if not page.pk:
        return []
    return [row.page for row in PageLink.objects.filter(target=page.pk).select_related("page")]


def points(facts: Facts) -> list[Point]:
    """Where nobody is named, nobody could agree: then nothing is said of consent."""
    rules = [rule for rule in RULES if facts.people or rule is not consent]
    return [rule(facts) for rule in rules]


def open_points(found: Iterable[Point]) -> list[Point]:
    """Those without which it is not published."""
    return [point for point in found if point.needed and not point.met]


# The rules --------------------------------------------------------------------------------------


def field(name: str) -> str:
    """Where a field stands on the form."""
    return f"#panel-child-content-{name}-section"


def of_recording(facts: Facts) -> tuple[str, str]:
    """Address and name of the place where the recording is mended."""
    if facts.recording is None:
        return field("recording"), "Recording"
    address = reverse("wagtailsnippets_media_recording:edit", args=[facts.recording.pk])
    return address, "Open the recording"


def editor_of(transcript: Transcript) -> str:
    return reverse("editor:lines", args=[transcript.pk])


def film(facts: Facts) -> Point:
    if facts.recording is None:
        return Point("Recording", False, "Choose the film or the sound.", *of_recording(facts))
    failed = facts.recording.state == Recording.State.FAILED
    todo = "A file could not be read: replace it."
    return Point("Recording", not failed, todo, *of_recording(facts))


def captions(facts: Facts) -> Point:
    transcript = facts.transcript
    met = transcript is not None and transcript.is_checked
    todo = "There are no words yet: without captions many people cannot follow the talk."
    if facts.recording is None:
        todo = "They come with the recording."
    elif transcript is not None:
        todo = "Nobody has read the words against the sound. Until then readers are told so."
        return Point("Captions checked", met, todo, editor_of(transcript), "Read the words")
    return Point("Captions checked", met, todo, *of_recording(facts))


def pictures(facts: Facts) -> Point:
    """A talk without a picture has the cover of its series, which says nothing of its own."""
    still = facts.recording.poster if facts.recording else None
    text = still.description.strip() if still else ""
    met = still is None or (bool(text) and not text.startswith(MADE_BY_MACHINE))
    url = reverse("wagtailimages:edit", args=[still.pk]) if still else ""
    todo = "Say in a sentence what the still picture shows."
    return Point("Alternative text", met, todo, url, "Open the picture", needed=not text)


def licence(facts: Facts) -> Point:
    todo = "Say what others may do with the talk, such as CC BY 4.0."
    return Point("Licence", bool(facts.licence.strip()), todo, field("licence"), "Licence")


def consent(facts: Facts) -> Point:
    """Of everybody who is named; a voice without a name has nobody who could be asked."""
    silent = [page.title for page in facts.people if page.pk not in facts.agreed]
    names = ", ".join(f"“{name}”" for name in silent)
    todo = f"Note when {names} agreed to be published."
    return Point(
        "Speakers’ consent", not silent, todo, field("speakers_consent"), "Speakers’ consent"
    )


def resource(facts: Facts) -> Point:
    met = any(kind_of(page) == "resource" for page in facts.linked)
    todo = "Link something that a school can take and adapt."
    return Point("Resource", met, todo, field("belongs_with"), "Belongs with")


def links(facts: Facts) -> Point:
    hidden = [page for page in facts.linked if not page.live]
    names = ", ".join(f"“{page.title}”" for page in hidden)
    todo = f"Readers cannot open {names} yet: publish first, or take the link away."
    return Point("Links", not hidden, todo, field("belongs_with"), "Belongs with")


def summary(facts: Facts) -> Point:
    todo = "One sentence tells a busy reader why to open the page; lists and searches show it."
    met = bool(facts.summary.strip())
    return Point("Summary", met, todo, field("summary"), "Summary", needed=False)


def parts(facts: Facts) -> Point:
    todo = "Chapters let a reader jump to the two minutes that matter."
    return Point("Chapters", facts.chapters > 0, todo, field("chapters"), "Chapters", needed=False)


def people(facts: Facts) -> Point:
    todo = "Name who speaks; their page then lists the talk."
    return Point("People", bool(facts.people), todo, field("people"), "People", needed=False)


def topics(facts: Facts) -> Point:
    todo = "A topic puts the talk into filters and feeds."
    return Point("Topics", facts.topics > 0, todo, field("topics"), "Topics", needed=False)


RULES: tuple[Callable[[Facts], Point], ...] = (
    film,
    captions,
    pictures,
    licence,
    consent,
    resource,
    links,
    summary,
    parts,
    people,
    topics,
)
