from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "house.meetings"
    is_guarded = True
