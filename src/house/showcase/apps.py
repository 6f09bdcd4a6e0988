from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "house.showcase"
    is_guarded = True
