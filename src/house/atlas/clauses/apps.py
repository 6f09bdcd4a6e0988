from django.apps import AppConfig


class ClausesConfig(AppConfig):
    name = "house.atlas.clauses"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.atlas.clauses import access, models, privacy, search, telling
        from house.retrieval import sources

        policy.register(models.Clause, access.ClausePolicy())
        policy.register(models.Version, access.VersionPolicy())
        policy.register(models.Correction, access.CorrectionPolicy())
        sources.register(search.SOURCE)
        privacy.register()
        telling.register()
