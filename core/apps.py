from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.groups import ensure_groups  # models are not ready before this point
        from core.sites import point_site

        post_migrate.connect(ensure_groups, sender=self)
        post_migrate.connect(point_site, sender=self)
