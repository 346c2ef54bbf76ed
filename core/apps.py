from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.clock import every_minute
        from core.groups import ensure_groups  # models are not ready before this point
        from core.sites import point_site
        from core.workers import find_lost_work
        from media.uploads.services import discard_abandoned
        from privacy.retention import nightly as kept_no_longer

        post_migrate.connect(ensure_groups, sender=self)
        post_migrate.connect(point_site, sender=self)
        every_minute(find_lost_work)
        every_minute(discard_abandoned)
        every_minute(kept_no_longer)
