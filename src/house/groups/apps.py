from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "house.groups"
    is_guarded = True
