from django.apps import AppConfig


class MemoryConfig(AppConfig):
    name = "house.memory"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.memory import privacy
        from house.memory.access import PeerQuestionPolicy
        from house.memory.models import PeerQuestion

        policy.register(PeerQuestion, PeerQuestionPolicy())
        privacy.register()
