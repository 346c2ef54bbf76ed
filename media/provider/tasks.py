"""What the worker does with an order: hand it over, look after it, fetch it, have it deleted.

No task waits: each does one step and leaves the next for later, so that a provider that takes an
hour, or never answers, holds nobody up. While a job is open, one task of it is in the queue.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from django_tasks import task

from media.models import Job, Order
from media.models.jobs import OPEN
from media.ondisk import on_disk
from media.provider import orders
from media.provider.client import Away, Client, Refused, Unknown, said
from media.services import jobs
from media.services.jobs import JobFailed

logger = logging.getLogger(__name__)
FIRST_LOOK, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=10)
GIVE_UP = timedelta(hours=12)
SEND_TRIES, DELETE_TRIES = 6, 12
ERROR_THERE = (
    "What you have is unchanged. Play the file on your computer. If words are to be heard, try"
    " again; if not, replace the file by a better one."
)
SENDING = "The recording is being sent to AssemblyAI."
WRITING = "AssemblyAI is writing. It usually takes a few minutes; you can leave this page."
OFF = (
    "This site has no account at AssemblyAI any more. What you have is unchanged. Tell the person"
    " who runs the server, or add a file of words yourself."
)
NOT_SENT = (
    "AssemblyAI could not be reached, so nothing was ordered. What you have is unchanged. Try"
    " again later."
)
NOT_KNOWN = (
    "AssemblyAI stopped answering while the order was on its way. What you have is unchanged. Try"
    " again later: if they did take the order, it is found and nothing is paid twice."
)
NEVER = (
    "AssemblyAI took the recording, but has not sent words for twelve hours. What you have is"
    " unchanged. Try again: if they have finished by then, their words are fetched, and nothing is"
    " paid twice."
)
KEPT_THERE = (
    " Their copy could not be deleted there. Tell the person who runs the server: the log names it."
)


@task(queue_name="long")
def send(job_id: int) -> None:
    """Upload the sound and order its words; what was handed over before is only looked after."""
    with step(job_id) as job:
        if job is None:
            return
        order = orders.order_for(job)
        if order.state == Order.State.SENT:
            order_again(job, look, wait=timedelta())
            return
        try:
            hand_over(job, order)
        except Away:
            try_sending_again(job, order)


def hand_over(job: Job, order: Order) -> None:
    """A worker may have been killed, or a line cut, just after they took it: look there first."""
    client = orders.make_client()
    jobs.beat(job, percent=5, note=SENDING)
    reference = orders.find_lost(order, client) or submit(job, order, client)
    with transaction.atomic():
        orders.handed_over(order, reference)
        job.reference = reference
        job.save(update_fields=["reference"])
        jobs.beat(job, percent=30, note=WRITING)
        order_again(job, look, wait=FIRST_LOOK)


def submit(job: Job, order: Order, client: Client) -> str:
    with on_disk(orders.file_to_send(job.recording)) as path, path.open("rb") as file:
        upload_url = client.upload(file)
    jobs.beat(job, percent=25)
    token = orders.about_to_hand_over(order, upload_url)
    try:
        return client.submit(orders.request_of(upload_url, token))
    except Refused as refused:
        orders.lose(order, str(refused))


@task()
def recover(order_id: int) -> None:
    """They called about an order of which we have no name: attach it."""
    order = Order.objects.filter(pk=order_id, state=Order.State.NEW).first()
    if order is None or not orders.is_on():
        return
    try:
        reference = orders.find_lost(order, orders.make_client())
    except (Away, Refused) as error:
        logger.warning("The order %s is looked for again at the next try: %s", order_id, error)
        return
    if reference:
        orders.handed_over(order, reference)


def try_sending_again(job: Job, order: Order) -> None:
    if job.attempts >= SEND_TRIES:
        raise JobFailed(NOT_SENT if order.asked_at is None else NOT_KNOWN)
    wait = waiting(job.attempts)
    jobs.beat(job, note=f"AssemblyAI cannot be reached. Tried again at {clock(wait)}.")
    order_again(job, send, wait=wait)


@task()
def look(job_id: int, again: bool = True) -> None:
    """Ask how the order stands, and fetch the words if they are there.

    The one chain of looks goes on by itself (`again`); a call from them only adds a look.
    """
    with step(job_id, counts=False) as job:
        order = job and job.orders.filter(state=Order.State.SENT).first()
        if not job or not order:
            return
        try:
            answer = orders.make_client().fetch(order.reference)
        except Away as away:
            answer = {"status": "away"}
            note = f"{away} It is asked again at {{}}; nothing is lost."
        except Unknown as unknown:
            orders.lose(order, f"{unknown} What you have is unchanged. Try again.")
        else:
            note = WRITING
        judge(job, order, answer, note if again else "")


def judge(job: Job, order: Order, answer: dict[str, Any], note: str) -> None:
    if answer.get("status") == "completed":
        finish(job, order, answer)
    elif answer.get("status") == "error":
        words = f"AssemblyAI could not write this down. It says: “{said(answer)}”"
        orders.lose(order, f"{words} {ERROR_THERE}")
    elif note:
        look_later(job, order, note)


def finish(job: Job, order: Order, answer: dict[str, Any]) -> None:
    """All or nothing; whoever comes second finds it done."""
    try:
        with transaction.atomic():
            words = orders.take(order.pk, answer, job)
            if words is None:
                return
            jobs.close(job, Job.State.DONE, words)
            if settings.ASSEMBLYAI_DELETE:
                forget.enqueue(order.reference)
    except JobFailed as failure:
        orders.lose(order, str(failure))


def look_later(job: Job, order: Order, note: str) -> None:
    """Wait longer each time, and not for ever."""
    if order.sent_at and order.sent_at < timezone.now() - GIVE_UP:
        raise JobFailed(NEVER)
    order.tries += 1
    order.save(update_fields=["tries"])
    wait = waiting(order.tries)
    jobs.beat(job, percent=min(90, 30 + 5 * order.tries), note=note.format(clock(wait)))
    order_again(job, look, wait=wait)


@task()
def forget(reference: str, tries: int = 0) -> None:
    """Have the words and the recording deleted there; what is gone already is as good."""
    if not orders.is_on():
        return
    try:
        orders.make_client().delete(reference)
    except Unknown:
        pass
    except (Away, Refused) as error:
        if tries + 1 < DELETE_TRIES:
            later = timezone.now() + waiting(tries + 4)
            forget.using(run_after=later).enqueue(reference, tries + 1)
        else:
            logger.warning("AssemblyAI still has the transcript %s: %s", reference, error)
            jobs_of = Job.objects.filter(orders__reference=reference)
            jobs_of.update(note=Concat("note", Value(KEPT_THERE)))
        return
    Order.objects.filter(reference=reference).update(deleted_there_at=timezone.now())


def forget_with_the_recording(sender: Any, instance: Order, **kwargs: Any) -> None:
    """What is deleted here is deleted there."""
    reference = instance.reference
    if reference and instance.deleted_there_at is None and settings.ASSEMBLYAI_DELETE:
        transaction.on_commit(lambda: forget.enqueue(reference), robust=True)


@contextmanager
def step(job_id: int, *, counts: bool = True) -> Iterator[Job | None]:
    """Hold the row for one step, and leave it open for the next unless something fails."""
    rows = Job.objects.select_related("recording", "requested_by")
    job = jobs.begin(job_id) if counts else rows.filter(pk=job_id, state__in=OPEN).first()
    if job is not None and not orders.is_on():
        jobs.close(job, Job.State.FAILED, OFF)
        job = None
    try:
        yield job
    except (JobFailed, Refused) as failure:
        jobs.close(job, Job.State.FAILED, str(failure))
    except Exception:
        jobs.close(job, Job.State.FAILED, jobs.UNEXPECTED)
        raise


def order_again(job: Job, which: Any, *, wait: timedelta) -> None:
    """Leave the next step in the queue, under the name by which lost work is told."""
    run_after = timezone.now() + wait if wait else None
    job.task = str(which.using(run_after=run_after).enqueue(job.pk).id)
    job.save(update_fields=["task"])


def waiting(tries: int) -> timedelta:
    return min(LONGEST_WAIT, FIRST_LOOK * 1.6**tries)


def clock(wait: timedelta) -> str:
    moment: datetime = timezone.localtime(timezone.now() + wait)
    return f"{moment:%H:%M}"


jobs.does(Job.Kind.PROVIDER, send)
