from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "house.atlas.initiatives"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.atlas.initiatives import access, models, privacy, search
        from house.retrieval import sources

        policy.register(models.Initiative, access.InitiativePolicy())
        policy.register(models.Layer, access.LayerPolicy())
        policy.register(models.Run, access.InsidePolicy())
        policy.register(models.Renewal, access.InsidePolicy())
        policy.register(models.Suggestion, access.InsidePolicy())
        policy.register(models.Ask, access.InsidePolicy())
        sources.register(search.SOURCE)
        privacy.register()
