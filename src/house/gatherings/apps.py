from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "house.gatherings"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.gatherings import (
            access,
            answers,
            briefs,
            emails,
            ics,
            models,
            notices,
            privacy,
            sayings,
            search,
            tellable,
        )
        from house.gatherings.after import wiring as after
        from house.gatherings.hosting import wiring as hosting
        from house.gatherings.market import wiring as market
        from house.memory import tellers
        from house.retrieval import sources

        policy.register(models.Event, access.EventPolicy())
        policy.register(models.Series, access.SeriesPolicy())
        policy.register(models.Organiser, access.OrganiserPolicy())
        policy.register(models.JoinLink, access.InsidePolicy())
        policy.register(models.Day, access.InsidePolicy())
        policy.register(models.Track, access.InsidePolicy())
        policy.register(models.Room, access.InsidePolicy())
        policy.register(models.ScheduleFile, access.InsidePolicy())
        policy.register(models.Session, access.SessionPolicy())
        policy.register(models.Speaker, access.SpeakerPolicy())
        policy.register(models.Registration, access.RegistrationPolicy())
        policy.register(models.SessionPlace, access.PlacePolicy())
        answers.register()
        emails.register_letters()
        ics.register()
        notices.register_kinds()
        privacy.register()
        briefs.register()
        sources.register(search.SOURCE)
        tellers.register(tellable.TELLER)
        sayings.tell()
        # The topic market, hosting and what comes after an event register below, one line each.
        hosting.register()
        after.register()
        market.register()
