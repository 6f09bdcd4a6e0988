from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "house.gatherings"
    is_guarded = True
