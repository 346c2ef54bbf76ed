"""A ticket between the two clicks: who read what would be sent, and that it was not long ago."""

import re
from typing import Any

from django.utils.http import base36_to_int
from wagtail_transcription.tokens import ValidatedVideoDataTokenGenerator

VALID_S = 3600
SHAPE = re.compile(r"[0-9a-z]{1,12}-[0-9a-f]{1,128}")


class Tickets(ValidatedVideoDataTokenGenerator):
    """The package's own tokens, which are for one person and one recording, made to expire."""

    key_salt = "media.provider.tickets"

    def check_token(self, user: Any, video_id: str, token: str) -> bool:
        if not SHAPE.fullmatch(token):
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return 0 <= age <= VALID_S and bool(super().check_token(user, video_id, token))


tickets = Tickets()
