"""How a recording stands with AssemblyAI, as the panel shows it."""

from typing import Any

from django.urls import reverse

from media.models import Job, Order, Recording
from media.provider import orders

SIGNS = {"waiting": "info", "running": "info", "done": "success", "failed": "critical"}
START, RETRY, AGAIN = "Have it written down", "Try again", "Have it written down again"


def state_of(recording: Recording) -> dict[str, Any]:
    job = recording.jobs.filter(kind=Job.Kind.PROVIDER).first()
    document = orders.document_of(recording)
    return {
        "handle": orders.handle_of(recording),
        "state": job.state if job else "",
        "is_open": bool(job and job.is_open),
        "label": job.get_state_display() if job else "",
        "sign": SIGNS[job.state] if job else "info",
        "percent": job.percent if job else 0,
        "note": job.note if job else "",
        "button": button_of(job),
        "ordered": recording.orders.filter(state=Order.State.SENT).exists(),
        "document": reverse("media_provider_document", args=[recording.pk]) if document else "",
        "document_title": document.filename if document else "",
    }


def button_of(job: Job | None) -> str:
    if job is None:
        return START
    return RETRY if job.state == Job.State.FAILED else AGAIN
