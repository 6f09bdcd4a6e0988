from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "house.atlas.mobility"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.atlas.mobility import access, models, privacy, told

        policy.register(models.IndexCity, access.IndexCityPolicy())
        policy.register(models.Correction, access.CorrectionPolicy())
        policy.register(models.NameMatch, access.MatchPolicy())
        policy.register(models.Edition, policy.Open())
        policy.register(models.SourceFile, policy.Open())
        policy.register(models.FeedReading, policy.Open())
        privacy.register()
        told.register_kinds()
