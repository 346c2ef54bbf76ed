from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from home.models import HomePage
from media.models import CustomImage
from media.picture_form import BROKEN
from tests.media.factories import make_editor

BROKEN_GIF = b"GIF89a" + bytes(40)


def test_a_broken_picture_is_refused_in_words_and_kept_nowhere(
    home: HomePage, client: Client
) -> None:
    client.force_login(make_editor())
    file = SimpleUploadedFile("broken.gif", BROKEN_GIF, "image/gif")
    sent = {"title": "Broken", "description": "Nothing", "file": file, "collection": "1"}
    answer = client.post("/admin/images/add/", sent)
    assert answer.status_code == 200
    assert BROKEN in answer.content.decode()
    assert not CustomImage.objects.exists()
