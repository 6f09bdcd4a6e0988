from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "house.showcase"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.retrieval import sources
        from house.showcase import access, models, privacy, search

        policy.register(models.Showcase, access.ShowcasePolicy())
        policy.register(models.Edition, access.EditionPolicy())
        policy.register(models.Picture, access.PicturePolicy())
        policy.register(models.Face, access.FacePolicy())
        policy.register(models.Contact, access.ContactPolicy())
        policy.register(models.Quotation, access.QuotationPolicy())
        sources.register(search.SOURCE)
        privacy.register()
