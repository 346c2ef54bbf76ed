from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_plain_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        help_text="A keyed hash of the address or the network.", max_length=64
                    ),
                ),
                (
                    "hour",
                    models.PositiveIntegerField(
                        db_index=True, help_text="In hours since 1970."
                    ),
                ),
                ("sent", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "tally of forms",
                "verbose_name_plural": "tallies of forms",
                "constraints": [
                    models.UniqueConstraint(fields=("who", "hour"), name="one_tally_an_hour")
                ],
            },
        ),
    ]
