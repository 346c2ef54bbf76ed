from django.apps import AppConfig


class EpisodesConfig(AppConfig):
    name = "episodes"
    verbose_name = "Episodes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import page_published, post_page_move

        from episodes import gate, services, signals  # models are ready by now
        from episodes.models import EpisodePage
        from media.access import register_use
        from media.signals import recording_changed

        register_use(services.public_page_with)
        recording_changed.connect(services.reindex_episodes, dispatch_uid="episodes")
        page_published.connect(gate.keep_the_reason, sender=EpisodePage, dispatch_uid="episodes")
        post_page_move.connect(signals.follow_the_tree, dispatch_uid="episodes")
