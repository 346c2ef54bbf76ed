"""An order that may have arrived says so, and how it can be found again there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0008_orders_and_sound_alone"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="upload_url",
            field=models.TextField(blank=True),
        ),
    ]
