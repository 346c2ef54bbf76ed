from django.test import Client

from home.models import HomePage
from tests.factories import make_topic


def test_a_topic_page_opens(home: HomePage, client: Client) -> None:
    topic = make_topic("Joy")
    assert b"Joy" in client.get(topic.url).content
