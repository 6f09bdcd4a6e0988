from django.apps import AppConfig


class AgoraConfig(AppConfig):
    name = "house.agora"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.agora import access, privacy, telling

        for model, rule in access.rules().items():
            policy.register(model, rule)
        telling.register()
        privacy.register()
