from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "house.front"

    def ready(self) -> None:
        # First of all rooms, before any of them makes a form.
        from house.front import needed

        needed.speak()
