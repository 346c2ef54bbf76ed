"""Films in parts: to the disk through us, or from the browser straight to the bucket.

An upload is begun with name and size, filled, finished, and then taken by a recording's form. Until
that its row (`media.models.Upload`) stands; what is abandoned is deleted after a day.
"""
