"""An order whose answer never arrived: it is found again, and nothing is paid twice."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from media.models import Job, Order
from media.provider import orders, tasks
from media.services import jobs
from tests.provider.steps import ask, fresh, waiting, words_of, work
from tests.provider.stub import KEY, LIST, Stub
from tests.site import Site

SUBMIT, UPLOAD = "POST /v2/transcript", "POST /v2/upload"


def done(job: Job) -> Job:
    work()
    return fresh(job)


def test_an_order_that_was_taken_while_the_line_broke_is_found_again(account: Stub) -> None:
    account.misbehave(SUBMIT, "taken")
    job = done(ask())
    assert job.state == Job.State.DONE
    assert words_of(job.recording)
    assert (len(account.orders), account.calls[UPLOAD]) == (1, 1)
    assert Order.objects.get().reference == account.orders[0]["id"]


def test_an_order_that_did_not_arrive_is_made_once_more(account: Stub) -> None:
    account.misbehave(SUBMIT, "disconnect")
    job = done(ask())
    assert job.state == Job.State.DONE
    assert (len(account.orders), account.calls[LIST]) == (1, 1)


@pytest.mark.parametrize("how", ["500", "garbage", "list", "disconnect", "cut"])
def test_as_long_as_their_list_cannot_be_read_nothing_is_ordered(account: Stub, how: str) -> None:
    account.misbehave(SUBMIT, "taken")
    account.misbehave(LIST, how, 2)
    assert done(ask()).state == Job.State.DONE
    assert len(account.orders) == 1


def test_it_is_found_behind_many_other_orders_of_the_account(account: Stub) -> None:
    account.misbehave(SUBMIT, "taken")
    job = ask()
    work(steps=1)
    for number in range(250):
        account.submit({"audio_url": f"other-{number}", "speech_models": ["universal-2"]})
    assert done(job).state == Job.State.DONE
    assert account.calls[LIST] == 2
    assert Order.objects.get().reference == account.orders[0]["id"]


def test_one_that_stays_unknown_ends_in_plain_words_and_a_retry_looks_first(account: Stub) -> None:
    account.misbehave(SUBMIT, "taken")
    account.misbehave(LIST, "500", tasks.SEND_TRIES)
    job = done(ask())
    assert (job.state, job.note) == (Job.State.FAILED, tasks.NOT_KNOWN)
    account.behaviour.clear()
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE
    assert len(account.orders) == 1


def test_what_they_refused_is_not_looked_for(account: Stub) -> None:
    account.misbehave(SUBMIT, "401")
    job = done(ask())
    assert job.state == Job.State.FAILED
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE
    assert account.calls[LIST] == 0


def test_their_call_about_a_lost_order_attaches_it(
    account: Stub, settings: Any, client: Client
) -> None:
    settings.ASSEMBLYAI_WEBHOOK = True
    account.misbehave(SUBMIT, "taken")
    job = ask()
    work(steps=1)
    Job.objects.update(state=Job.State.FAILED, note=jobs.STOPPED, finished_at=timezone.now())
    sent = account.orders[0]
    path = sent["webhook_url"].removeprefix("http://localhost:8000")
    assert client.post(path, headers={orders.HEADER: "wrong"}).status_code == 404
    assert not [task for task in waiting() if task.task_path.endswith("recover")]
    headers = {orders.HEADER: sent["webhook_auth_header_value"]}
    assert client.post(path, headers=headers).status_code == 204
    work(ahead=timedelta(0))
    order = Order.objects.get()
    assert (order.state, order.reference) == (Order.State.SENT, sent["id"])
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE
    assert len(account.orders) == 1


def test_a_call_about_a_lost_order_in_bad_moments_changes_nothing(
    account: Stub, settings: Any
) -> None:
    account.misbehave(SUBMIT, "taken")
    ask()
    work(steps=1)
    order = Order.objects.get()
    account.misbehave(LIST, "500")
    tasks.recover.func(order.pk)
    tasks.recover.func(order.pk + 1)
    settings.ASSEMBLYAI_API_KEY = ""
    tasks.recover.func(order.pk)
    order.refresh_from_db()
    assert (order.state, order.reference) == (Order.State.NEW, "")


ORDER = """
from media.models import Job, Recording
from media.services.jobs import request_job
from tests.media.factories import make_recording
request_job(recording=make_recording("Talk", words=""), kind=Job.Kind.PROVIDER)
"""
STATE = """
from media.models import Job, Order
print(Job.objects.get(kind="provider").state, *Order.objects.values_list("reference", flat=True))
"""
REAP = "from core.workers import reap; print(reap().again)"
SOONER = """
from django_tasks_db.models import DBTaskResult
from django.utils import timezone
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
"""
WORKER = ("worker", "--queue-name", "*", "--no-startup-delay", "--no-reload")


def test_a_worker_killed_before_it_could_note_their_name_does_not_pay_twice(
    stub: Stub, tmp_path: Path
) -> None:
    site = Site(tmp_path, ASSEMBLYAI_API_KEY=KEY, ASSEMBLYAI_URL=stub.url)
    site.migrate()
    site.shell(ORDER)
    stub.released.clear()
    stub.misbehave(SUBMIT, "taken")
    killed = site.start(*WORKER)
    assert stub.taken.wait(120)
    killed.kill()
    killed.communicate()
    stub.released.set()
    found = site.shell(STATE + REAP)
    assert (found.split()[0], found.split()[-1]) == ("running", "1")  # nobody here knows its name
    site.run(*WORKER, "--batch")
    stub.looks_until_done = 0
    site.shell(SOONER)
    site.run(*WORKER, "--batch")
    assert site.shell(STATE) == f"done {stub.orders[0]['id']}"
    assert (len(stub.orders), stub.calls[UPLOAD]) == (1, 1)
