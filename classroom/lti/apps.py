from django.apps import AppConfig


class LtiConfig(AppConfig):
    name = "classroom.lti"
    label = "lti"
    verbose_name = "Course systems (LTI)"
    default_auto_field = "django.db.models.BigAutoField"
