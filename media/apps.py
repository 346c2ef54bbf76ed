from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = "Media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete  # models are ready by now
        from wagtail.permissions import register_permission_policy
        from wagtail_transcription.models import Transcription

        from media.access import policy
        from media.hearing.tasks import hear_if_wanted
        from media.models import Order, Recording, Rendition
        from media.provider.orders import delete_document
        from media.provider.tasks import forget_with_the_recording
        from media.services import delete_file
        from media.signals import recording_changed

        register_permission_policy(Recording, policy)
        post_delete.connect(delete_file, sender=Rendition, dispatch_uid="media")
        recording_changed.connect(hear_if_wanted, dispatch_uid="media")
        post_delete.connect(forget_with_the_recording, sender=Order, dispatch_uid="media")
        post_delete.connect(delete_document, sender=Recording, dispatch_uid="media")
        post_delete.connect(delete_file, sender=Transcription, dispatch_uid="media")
