from django.apps import AppConfig


class RadarConfig(AppConfig):
    name = "house.radar"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.radar import access, models, privacy, sayings, search, telling
        from house.retrieval import sources

        policy.register(models.Source, access.SourcePolicy())
        policy.register(models.Story, access.StoryPolicy())
        policy.register(models.Host, access.CuratorsPolicy())
        policy.register(models.Step, access.CuratorsPolicy())
        sources.register(search.SOURCE)
        telling.register()
        sayings.tell()
        privacy.register()
