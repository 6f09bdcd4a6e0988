from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "house.office"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.office import access, models, privacy

        policy.register(models.PeopleAct, access.PeopleActPolicy())
        policy.register(models.Reveal, access.RevealPolicy())
        privacy.register()
