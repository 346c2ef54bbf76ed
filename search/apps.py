from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are not ready before this point.
        from search.signals import connect, leave_alone_wagtails_index

        leave_alone_wagtails_index()
        connect()
