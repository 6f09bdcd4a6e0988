from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "house.memory"
