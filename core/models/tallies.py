"""How many forms somebody has sent within an hour; who that was cannot be read from it.

In the database, because it is the one thing that all web processes share (docs/adr/0012).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

# One statement, so that two processes that count at once cannot both read the same number; and
# in the order of its keys, so that they cannot wait for each other either.
COUNT_ONE_MORE = """
    INSERT INTO core_tally (who, hour, sent) VALUES {}
    ON CONFLICT (who, hour) DO UPDATE SET sent = core_tally.sent + 1
    RETURNING who, sent
"""


class TallyQuerySet(models.QuerySet["Tally"]):
    def count_one_more(self, keys: Iterable[str], hour: int) -> dict[str, int]:
        """Count one for each key; what each has come to."""
        rows = [(key, hour, 1) for key in sorted(set(keys))]
        statement = COUNT_ONE_MORE.format(", ".join("(%s, %s, %s)" for _ in rows))
        values: list[Any] = [value for row in rows for value in row]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return dict(cursor.fetchall())


class Tally(models.Model):
    who = models.CharField(max_length=64, help_text="A keyed hash of the address or the network.")
    hour = models.PositiveIntegerField(db_index=True, help_text="In hours since 1970.")
    sent = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "tally of forms"
        verbose_name_plural = "tallies of forms"
        constraints = [
            models.UniqueConstraint(fields=["who", "hour"], name="one_tally_an_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.who[:8]}: {self.sent}"
