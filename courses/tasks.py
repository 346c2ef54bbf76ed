"""What the worker does for training."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from courses.services.outbox import send_due


@task()
def send_outbox() -> dict[str, int]:
    """Send what is due. No address stands in the task's row: the outbox holds them."""
    sweep = send_due()
    return {"sent": sweep.sent, "failed": sweep.failed}


def ask_for_sending() -> None:
    """Call it after the commit. A task that waits already begins later than this, so it sees what
    was committed: a rush of bookings writes one task and not one each."""
    waiting = DBTaskResult.objects.filter(task_path=send_outbox.module_path, status="READY")
    if not (send_outbox.get_backend().supports_defer and waiting.exists()):
        send_outbox.enqueue()
