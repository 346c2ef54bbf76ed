import courses.models.bookings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("courses", "0004_fill_whole_cohorts")]

    operations = [
        migrations.AlterField(
            model_name='waitingentry',
            name='token',
            field=models.CharField(default=courses.models.bookings.make_token, editable=False, max_length=64, unique=True),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(('cancelled_at__isnull', True), ('state', 'booked')), _connector='OR'), name='a_cancelled_booking_says_since_when'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='a_cancelled_place_says_since_when'),
        ),
    ]
