"""What others may want to know: this app knows none of them."""

from django.dispatch import Signal

# Sent after commit with `recording_id`, whenever words, times, length or files of a talk changed.
recording_changed = Signal()
