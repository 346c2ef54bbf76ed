"""What can be wrong with an upload, in words for the editor, each with its HTTP status."""

from django.core.exceptions import BadRequest


class UploadProblem(Exception):
    """The upload cannot go on like this."""

    status = 400


class Refused(UploadProblem):
    """We do not take this file; what has arrived of it is deleted."""

    status = 422


class TooBig(UploadProblem):
    status = 413


class WrongPlace(UploadProblem):
    """The part does not begin where the last one ended: ask where that is, and go on there."""

    status = 409


class Incomplete(UploadProblem):
    status = 409


class Gone(UploadProblem):
    status = 404

    def __init__(self) -> None:
        super().__init__("This upload is no longer there. Choose the file again.")


class NoRoom(UploadProblem):
    status = 507


class StoreAway(UploadProblem):
    """The bucket does not answer, or not as it should."""

    status = 502


class AlreadyTaken(BadRequest):
    """Two forms were saved with the same upload at the same moment."""
