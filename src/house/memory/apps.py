from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "house.memory"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.memory import access, models, privacy, telling
        from house.notices import happenings, letters

        policy.register(models.PeerQuestion, access.PeerQuestionPolicy())
        policy.register(models.Offer, access.OfferPolicy())
        policy.register(models.OfferedSpan, access.SpanPolicy())
        for model in (models.Consent, models.Helper, models.NeverAsk):
            policy.register(model, access.OwnPolicy())
        happenings.register(telling.PUBLISHED)
        letters.register(telling.CONSENT)
        privacy.register()
