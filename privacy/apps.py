from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("privacy.others")  # the tables of Django and Wagtail
        autodiscover_modules("privacy")  # the privacy.py of each app
