from django.apps import AppConfig


class AgoraConfig(AppConfig):
    name = "house.agora"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.agora import (
            access,
            activity,
            answerable,
            briefs,
            mail,
            privacy,
            sayings,
            search,
            tellable,
            telling,
        )
        from house.memory import tellers
        from house.partners import briefs as briefs_of_seats
        from house.retrieval import sources

        for model, rule in access.rules().items():
            policy.register(model, rule)
        sources.register(search.SOURCE)
        telling.register()
        tellers.register(tellable.TELLER)
        sayings.tell()
        answerable.register()
        privacy.register()
        activity.register()
        briefs_of_seats.register(briefs.tell)
        mail.register()
        register_routing()


def register_routing() -> None:
    """Who is asked, and what is remembered of talk."""
    from house.access import policy
    from house.agora import memory
    from house.agora.routing import doors, invited, privacy

    for model, rule in doors.rules().items():
        policy.register(model, rule)
    invited.register()
    privacy.register()
    memory.register_sources()
