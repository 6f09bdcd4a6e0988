from django.apps import AppConfig


class MagazineConfig(AppConfig):
    name = "house.magazine"
    is_guarded = True
