"""What is handed to AssemblyAI and what comes back: the steps of an order, each safe to repeat."""

import hashlib
import secrets
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail_transcription.models import Transcription

from media.access import may_edit
from media.cues import SpokenCue
from media.mime import AUDIO
from media.models import (
    GlossaryTerm,
    Job,
    Order,
    Recording,
    Rendition,
    Transcript,
    TranscriptRevision,
)
from media.provider import result
from media.provider.client import Client, reference_of
from media.services import NothingToImport, propose_transcript
from media.services.jobs import JobFailed
from media.word import document

PERMISSION = "send_recording"
HEADER = "X-Transcription-Secret"
MAX_TERMS, MAX_WORDS_A_TERM = 1000, 6
LANGUAGE = "en"
BESIDE = (
    "People have worked on the words of this recording, so what AssemblyAI wrote does not replace"
    " them: it waits beside them as revision {number}."
)
STRANGE = (
    "What AssemblyAI sent back cannot be read as words with times. What you have is unchanged. Try"
    " again; if it happens once more, tell the person who runs the server."
)
SILENT = (
    "AssemblyAI heard no words in this recording. What you have is unchanged. Listen whether the"
    " file has sound, or add a file of words yourself."
)


def is_on() -> bool:
    return bool(settings.ASSEMBLYAI_API_KEY)


def may_send(user: Any, recording: Recording) -> bool:
    """Who may change the recording, and was given the right to hand it to somebody else."""
    return is_on() and bool(user.has_perm(f"media.{PERMISSION}")) and may_edit(user, recording)


def make_client() -> Client:
    return Client(settings.ASSEMBLYAI_API_KEY, settings.ASSEMBLYAI_URL)


def handle_of(recording: Recording) -> str:
    """The recording's name in the package's documents: it takes eleven letters and digits."""
    return f"r{recording.pk:010}"


def file_to_send(recording: Recording) -> Rendition:
    """The sound alone where there is one: it is smaller, and nobody's face goes with it."""
    files = list(recording.renditions.all())
    if not files:
        raise JobFailed("There is no file to be heard. Add a film or a sound, then try again.")
    return min(files, key=lambda file: (file.kind != AUDIO, file.size))


def door_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def secret_of(token: str) -> str:
    """What must stand in the header of a call to the door with this token."""
    return salted_hmac("media.provider.webhook", token, algorithm="sha256").hexdigest()


def order_for(job: Job) -> Order:
    """The order of a job: what they have, or may have, is gone on with: nobody pays twice."""
    with transaction.atomic():
        job.recording.orders.filter(state=Order.State.NEW, asked_at=None).delete()
        open_orders = job.recording.orders.select_for_update()
        order = open_orders.filter(state__in=(Order.State.SENT, Order.State.NEW)).first()
        if order is None:
            return Order.objects.create(recording=job.recording, job=job, door=new_door()[1])
        order.job, order.tries = job, 0
        order.save(update_fields=["job", "tries"])
        return order


def new_door() -> tuple[str, str]:
    """A token for an address that they call, and what is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, door_of(token)


def about_to_hand_over(order: Order, upload_url: str) -> str:
    """Note that they may have the order from now on; returns the token of its door."""
    token, order.door = new_door()
    order.upload_url, order.asked_at = upload_url, timezone.now()
    order.save(update_fields=["door", "upload_url", "asked_at"])
    return token


def find_lost(order: Order, client: Client) -> str:
    """Their name of an order of which we only know that it may have arrived; empty if not.

    The address of the upload is theirs, new for each upload, and stands in their list.
    """
    if order.asked_at is None:
        return ""
    for row in client.newest():
        if row.get("audio_url") == order.upload_url:
            return reference_of(row)
    return ""


def request_of(upload_url: str, token: str) -> dict[str, Any]:
    """What we ask them for, in their words."""
    order: dict[str, Any] = {
        "audio_url": upload_url,
        "speech_models": settings.ASSEMBLYAI_MODELS,
        "language_code": LANGUAGE,
        "speaker_labels": True,
        "punctuate": True,
        "format_text": True,
    }
    if terms := glossary():
        order["keyterms_prompt"] = terms
    if settings.ASSEMBLYAI_WEBHOOK:
        path = reverse("wagtail_transcription:receive_transcription", args=[token])
        order |= {
            "webhook_url": f"{settings.SITE_URL}{path}",
            "webhook_auth_header_name": HEADER,
            "webhook_auth_header_value": secret_of(token),
        }
    return order


def glossary() -> list[str]:
    terms = [term.term for term in GlossaryTerm.objects.all()[: 2 * MAX_TERMS]]
    return [term for term in terms if len(term.split()) <= MAX_WORDS_A_TERM][:MAX_TERMS]


def handed_over(order: Order, reference: str) -> None:
    """They have it; whoever says so second changes nothing."""
    unsent = Order.objects.filter(pk=order.pk, state=Order.State.NEW)
    unsent.update(state=Order.State.SENT, reference=reference, sent_at=timezone.now(), tries=0)


def take(order_id: int, answer: dict[str, Any], job: Job) -> str | None:
    """Keep the words of an answer, once, however often it comes; returns what the editor reads.

    People's corrections stay. None if the words were taken before.
    """
    cues = read(answer)
    with transaction.atomic():
        order = Order.objects.select_for_update().select_related("recording").get(pk=order_id)
        if order.state != Order.State.SENT:
            return None
        try:
            revision = propose_transcript(
                recording=order.recording,
                cues=cues,
                origin=TranscriptRevision.Origin.PROVIDER,
                language=LANGUAGE,
                user=job.requested_by,
                note="AssemblyAI",
            )
        except NothingToImport as error:
            raise JobFailed(SILENT) from error
        keep_document(order.recording, cues, job.requested_by)
        order.state, order.taken_at = Order.State.TAKEN, timezone.now()
        order.save(update_fields=["state", "taken_at"])
    return words_about(revision, len(cues))


def read(answer: dict[str, Any]) -> tuple[SpokenCue, ...]:
    terms = GlossaryTerm.objects.all()
    try:
        return result.cues_of(answer, [each for term in terms for each in term.mishearings])
    except result.NotUnderstood as error:
        raise JobFailed(STRANGE) from error


def words_about(revision: TranscriptRevision, count: int) -> str:
    shown = Transcript.objects.get(pk=revision.transcript_id).revision
    lines = f"{count} lines of words came back."
    if shown == revision.number:
        return f"{lines} They are not checked yet: read them against the sound."
    return f"{lines} {BESIDE.format(number=revision.number)}"


def lose(order: Order, words: str) -> NoReturn:
    """Nothing can come of this order any more; the next try makes a new one."""
    Order.objects.filter(pk=order.pk, state__in=("new", "sent")).update(state=Order.State.LOST)
    raise JobFailed(words)


def keep_document(recording: Recording, cues: tuple[SpokenCue, ...], user: Any) -> None:
    """Their text as it came, as a Word document of the package's own kind."""
    handle = handle_of(recording)
    kept = Transcription.objects.filter(video_id=handle).first() or Transcription(video_id=handle)
    old = kept.file.name
    kept.title = f"{recording.title[:200]}, as AssemblyAI wrote it"
    kept.uploaded_by_user, kept.completed, kept.verified = user, True, False
    source = "Written down by a machine, not checked by a person."
    words = document(cues, recording.title, source)
    kept.file.save(f"assemblyai-{recording.pk}.docx", ContentFile(words), save=False)
    kept.file_size = len(words)
    kept.save()
    if old:
        transaction.on_commit(lambda: kept.file.storage.delete(old), robust=True)


def document_of(recording: Recording) -> Any:
    return Transcription.objects.filter(video_id=handle_of(recording), completed=True).first()


def delete_document(sender: Any, instance: Recording, **kwargs: Any) -> None:
    """The provider's text goes with its recording."""
    Transcription.objects.filter(video_id=handle_of(instance)).delete()
