from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "house.atlas.mobility"
    is_guarded = True
