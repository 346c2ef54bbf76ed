"""The door that AssemblyAI knocks at when it is done. A knock only makes us look sooner.

What they say is not even read: the words are fetched from their server by a task. So whoever calls,
however often, can change and delete nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from media.models import Order
from media.models.jobs import OPEN
from media.provider import orders, tasks

MAX_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def receive_transcription(request: HttpRequest, token: str) -> HttpResponse:
    """Who has not both the address and the secret hears the same: there is nothing here."""
    order = Order.objects.filter(door=orders.door_of(token)).select_related("job").first()
    given = request.headers.get(orders.HEADER, "")
    knows = constant_time_compare(given.encode(), orders.secret_of(token).encode())
    if order is None or not knows or not orders.is_on():
        return HttpResponse(status=404)
    if length_of(request) > MAX_BYTES:
        return HttpResponse(status=413)
    if order.state == Order.State.SENT and order.job is not None and order.job.state in OPEN:
        tasks.look.enqueue(order.job.pk, again=False)
    elif order.state == Order.State.NEW and order.asked_at is not None:
        tasks.recover.enqueue(order.pk)
    return HttpResponse(status=204)


def length_of(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isdigit() else MAX_BYTES + 1
