from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "house.atlas.initiatives"
    is_guarded = True
