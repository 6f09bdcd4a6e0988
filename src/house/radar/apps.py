from django.apps import AppConfig


class RadarConfig(AppConfig):
    name = "house.radar"
    is_guarded = True
