from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "house.access"

    def ready(self) -> None:
        from house.access import checks  # noqa: F401
