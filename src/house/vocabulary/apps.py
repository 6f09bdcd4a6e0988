from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    name = "house.vocabulary"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.vocabulary.models import City, Topic

        policy.register(City, policy.Open())
        policy.register(Topic, policy.Open())
