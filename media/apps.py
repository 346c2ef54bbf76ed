from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = "Media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy  # models are ready by now

        from media.access import policy
        from media.models import Recording

        register_permission_policy(Recording, policy)
