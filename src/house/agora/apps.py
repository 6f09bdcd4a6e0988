from django.apps import AppConfig


class AgoraConfig(AppConfig):
    name = "house.agora"
    is_guarded = True
