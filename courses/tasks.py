"""What the worker does for training."""

from django.db.models import CharField
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from core.prepared import Prepared
from courses.services.outbox import send_due


@task()
def send_outbox() -> dict[str, int]:
    """Send what is due. No address stands in the task's row: the outbox holds them."""
    sweep = send_due()
    return {"sent": sweep.sent, "failed": sweep.failed}


def ask_for_sending() -> None:
    """Call it after the commit. A task that waits already begins later than this, so it sees what
    was committed: a rush of bookings writes one task and not one each."""
    if not (send_outbox.get_backend().supports_defer and waiting(send_outbox.module_path)):
        send_outbox.enqueue()


waiting = Prepared(
    lambda path: (
        DBTaskResult.objects.filter(task_path=path, status="READY").order_by().values_list("pk")[:1]
    ),
    CharField(),
)
