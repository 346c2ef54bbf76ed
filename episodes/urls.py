"""Addresses of feeds, of embedded players and of what describes them."""

from django.urls import path, re_path

from episodes.embed import embed
from episodes.feeds import views as feeds
from episodes.oembed import oembed
from episodes.sitemap import sitemap

OF = r"^feed/(?P<kind>series|topic|person)/(?P<key>[-\w]+)/"

urlpatterns = [
    path("feed/", feeds.feed, name="feed"),
    re_path(r"^feed/(?P<form>podcast|video)/$", feeds.feed, name="podcast"),
    re_path(rf"{OF}$", feeds.feed, name="feed-of"),
    re_path(rf"{OF}(?P<form>podcast|video)/$", feeds.feed, name="podcast-of"),
    path("episodes/<int:key>/chapters.json", feeds.chapters, name="chapters"),
    path("episodes/<int:key>/embed/", embed, name="embed"),
    path("oembed/", oembed, name="oembed"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
