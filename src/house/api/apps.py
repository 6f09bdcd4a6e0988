from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "house.api"

    def ready(self) -> None:
        from house.api import checks  # noqa: F401 -- registers itself
