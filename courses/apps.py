from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.clock import register_jobs  # models are not ready before this point
        from courses.triggers import install, remove

        register_jobs()
        pre_migrate.connect(remove, sender=self, dispatch_uid="courses.triggers.remove")
        post_migrate.connect(install, sender=self, dispatch_uid="courses.triggers")
