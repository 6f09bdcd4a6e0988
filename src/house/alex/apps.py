from django.apps import AppConfig


class AlexConfig(AppConfig):
    name = "house.alex"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.alex import (
            access,
            activity,
            briefs,
            models,
            privacy,
            sayings,
            search,
            showing,
            tellable,
            telling,
        )
        from house.alex import deeds as deeds_of_entries
        from house.alex.actions.remembering import Lexicon
        from house.memory import deeds, offers, tellers
        from house.memory import showing as showcases
        from house.partners import briefs as briefs_of_seats
        from house.retrieval import sources

        policy.register(models.Entry, access.EntryPolicy())
        policy.register(models.Version, access.VersionPolicy())
        policy.register(models.Draft, access.DraftPolicy())
        policy.register(models.DraftCopy, access.CopyPolicy())
        policy.register(models.ReviewNote, access.InsidePolicy())
        policy.register(models.FailuresShown, access.InsidePolicy())
        policy.register(models.FreshnessAsk, access.InsidePolicy())
        policy.register(models.Attachment, access.PiecePolicy())
        policy.register(models.Transcript, access.PiecePolicy())
        policy.register(models.Contact, access.ContactPolicy())
        policy.register(models.Said, access.SaidPolicy())
        policy.register(models.ImportRun, access.ImportPolicy())
        sources.register(search.SOURCE)
        offers.register_taker(Lexicon())
        showcases.register(showing.Lexicon())
        telling.register()
        tellers.register(tellable.TELLER)
        sayings.tell()
        deeds.register(deeds_of_entries.TELLER)
        privacy.register()
        activity.register()
        briefs_of_seats.register(briefs.tell, claim=briefs.claim)
