"""Lines get a key, which stays through corrections; checks and proposals say of which state."""

from django.db import migrations, models

import media.models.transcripts

MACHINES = ("heard", "provider")


def fill(apps, schema_editor):
    cue = apps.get_model("media", "Cue")
    batch = []
    for row in cue.objects.only("pk").iterator(2000):
        row.key = media.models.transcripts.new_key()
        batch.append(row)
        if len(batch) == 2000:
            cue.objects.bulk_update(batch, ["key"], 200)
            batch = []
    cue.objects.bulk_update(batch, ["key"], 200)
    transcript = apps.get_model("media", "Transcript")
    transcript.objects.filter(status="checked").update(checked_revision=models.F("revision"))
    apps.get_model("media", "TranscriptRevision").objects.filter(
        origin__in=MACHINES, number__gt=models.F("transcript__revision")
    ).update(proposed=True)


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0006_one_hearing_at_a_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='cue',
            name='key',
            field=models.CharField(default=media.models.transcripts.new_key, editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='transcript',
            name='checked_revision',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='transcriptrevision',
            name='proposed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='cue',
            constraint=models.UniqueConstraint(fields=('transcript', 'key'), name='one_cue_per_key'),
        ),
    ]
