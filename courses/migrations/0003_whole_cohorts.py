import courses.models.attendance
import courses.models.bookings
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0002_plain_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=160)),
                ('text', models.TextField()),
                ('to_words', models.CharField(max_length=200, verbose_name='sent to')),
                ('key', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('present', 'Came'), ('absent', 'Did not come'), ('excused', 'Sent apologies')], max_length=12)),
                ('noted_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=courses.models.attendance.make_code, editable=False, max_length=32, unique=True)),
                ('name', models.CharField(help_text='Empty when its person was erased.', max_length=120)),
                ('programme', models.CharField(max_length=160)),
                ('cohort', models.CharField(max_length=160)),
                ('minutes', models.PositiveIntegerField()),
                ('sessions', models.JSONField(default=list, help_text='Each with `day`, `title` and `minutes`.')),
                ('issued_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CreditNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8)),
                ('reason', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='waitingentry',
            name='a_person_waits_once',
        ),
        migrations.AddField(
            model_name='booking',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='booking',
            name='invoice_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='booking',
            name='invoice_state',
            field=models.CharField(choices=[('nothing', 'Nothing to pay'), ('requested', 'To be invoiced'), ('sent', 'Invoice sent'), ('paid', 'Paid'), ('credited', 'Credited in full')], default='nothing', max_length=12),
        ),
        migrations.AddField(
            model_name='cohort',
            name='called_off_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='cohort',
            name='kept_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='After the last session. Then names and addresses are deleted; numbers stay.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(84)], verbose_name='months to keep names'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='offer_hours',
            field=models.PositiveSmallIntegerField(default=48, help_text='How long a place that came free is kept for the first of the waiting list.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(336)], verbose_name='hours to accept an offer'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='reminds_day_before',
            field=models.BooleanField(default=True, verbose_name='reminder the day before each session'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='reminds_hour_before',
            field=models.BooleanField(default=False, verbose_name='reminder an hour before each session'),
        ),
        migrations.AddField(
            model_name='cohort',
            name='reminds_week_before',
            field=models.BooleanField(default=False, verbose_name='reminder a week before each session'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='type',
            field=models.CharField(blank=True, choices=[('primary', 'Primary school'), ('secondary', 'Secondary school'), ('all_through', 'All-through school'), ('special', 'Special school or alternative provision'), ('college', 'College or sixth form'), ('trust', 'School trust'), ('other', 'Council, charity or other')], max_length=12),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='courses.waitingentry'),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='key',
            field=models.CharField(blank=True, help_text='What may be told once only, such as a reminder; empty for the rest.', max_length=120),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='not_after',
            field=models.DateTimeField(help_text='Told later than this it would be wrong: then it is dropped.', null=True),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='session',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='courses.session'),
        ),
        migrations.AddField(
            model_name='place',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='session',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('cancelled', 'Cancelled')], default='planned', editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='waitingentry',
            name='offer_ends_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='waitingentry',
            name='offered_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='waitingentry',
            name='place',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='waited', to='courses.place'),
        ),
        migrations.AddField(
            model_name='waitingentry',
            name='token',
            field=models.CharField(default=courses.models.bookings.make_token, editable=False, max_length=64, null=True),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='kind',
            field=models.CharField(choices=[('place', 'Place confirmed'), ('booking', 'Booking confirmed'), ('repeated', 'Booked a second time'), ('place_changed', 'Place changed'), ('place_cancelled', 'Place cancelled'), ('booking_changed', 'Booking changed'), ('waiting', 'On the waiting list'), ('offer', 'Place offered'), ('offer_over', 'Offer ran out'), ('opening_noted', 'Will be told of the opening'), ('opening', 'Registration has opened'), ('reminder', 'Reminder'), ('session_moved', 'Session moved'), ('session_cancelled', 'Session cancelled'), ('cohort_cancelled', 'Cohort called off'), ('note', 'Message from the organisers'), ('certificate', 'Certificate')], max_length=20),
        ),
        migrations.AlterField(
            model_name='place',
            name='state',
            field=models.CharField(choices=[('booked', 'Booked'), ('repeated', 'Booked a second time'), ('cancelled', 'Cancelled')], default='booked', max_length=12),
        ),
        migrations.AlterField(
            model_name='waitingentry',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Has an offer'), ('placed', 'Has a place'), ('declined', 'Declined the offer'), ('expired', 'Let the offer run out'), ('left', 'Left the list'), ('closed', 'The list was closed')], default='waiting', max_length=12),
        ),
        migrations.AddIndex(
            model_name='waitingentry',
            index=models.Index(condition=models.Q(('state', 'offered')), fields=['offer_ends_at'], name='offers_by_their_end'),
        ),
        migrations.AddConstraint(
            model_name='waitingentry',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'offered'])), fields=('cohort', 'kind', 'email'), name='a_person_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='waitingentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), models.Q(('offer_ends_at__gt', models.F('offered_at')), ('offered_at__isnull', False)), _connector='OR'), name='an_offer_has_an_end'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='cohort',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='courses.cohort'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='announcement',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='courses.session'),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='announcement',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='courses.announcement'),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='what_is_told_once_is_told_once'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='courses.place'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='courses.session'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='place',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificate', to='courses.place'),
        ),
        migrations.AddField(
            model_name='creditnote',
            name='booking',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='courses.booking'),
        ),
        migrations.AddField(
            model_name='creditnote',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('session', 'place'), name='one_person_attends_a_session_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='a_certificate_certifies_something'),
        ),
        migrations.AddConstraint(
            model_name='creditnote',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='a_credit_note_gives_something_back'),
        ),
    ]
