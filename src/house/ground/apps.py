from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "house.ground"
