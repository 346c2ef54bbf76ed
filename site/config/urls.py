"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api
from core import views as core_views

handler404 = "core.views.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("health/", core_views.health, name="health"),
    path("favicon.ico", core_views.favicon, name="favicon"),
    path("robots.txt", core_views.robots, name="robots"),
    path("api/v2/", api.urls),
    path("media/", include("media.urls")),
    path("transcriptions/", include("media.provider.urls")),
    path("search/", include("search.urls")),
    path("", include("episodes.urls")),
    path("enquiries/", include("core.urls")),
    path("styleguide/", include("home.urls")),
    path("", include("courses.urls")),
    path("_util/login/", core_views.LogIn.as_view(), name="wagtailcore_login"),
    path("", include(wagtail_urls)),
]
