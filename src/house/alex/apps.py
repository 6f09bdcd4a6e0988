from django.apps import AppConfig


class AlexConfig(AppConfig):
    name = "house.alex"
