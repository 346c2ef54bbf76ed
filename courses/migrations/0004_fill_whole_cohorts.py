from typing import Any

from django.db import migrations
from django.db.models import F

from courses.models.bookings import make_token


def fill(apps: Any, schema_editor: Any) -> None:
    """What is cancelled was so at the latest when it was made; what costs something is invoiced."""
    for name in ("Booking", "Place"):
        cancelled = apps.get_model("courses", name).objects.filter(state="cancelled")
        cancelled.update(cancelled_at=F("created_at"))
    booked = apps.get_model("courses", "Booking").objects.filter(state="booked", amount__gt=0)
    booked.update(invoice_state="requested")
    # Django has given all rows that were there one and the same default.
    for entry in apps.get_model("courses", "WaitingEntry").objects.all():
        entry.token = make_token()
        entry.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_whole_cohorts")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
