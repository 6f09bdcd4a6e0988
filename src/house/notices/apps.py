from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "house.notices"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.notices import (
            access,
            digests,
            letters,
            mails,
            models,
            privacy,
            privacy_intake,
        )
        from house.notices.intake import telling

        policy.register(models.Mail, access.MailPolicy())
        policy.register(models.Suppression, access.MailPolicy())
        policy.register(models.Incoming, access.MailPolicy())
        policy.register(models.Happening, access.HappeningPolicy())
        for model in (
            models.Notice,
            models.Subscription,
            models.Rhythm,
            models.Choice,
        ):
            policy.register(model, access.OwnPolicy())
        for model in (
            models.CalendarFeed,
            models.CalendarInvitation,
            models.HeldReply,
            models.ReplyAddress,
        ):
            policy.register(model, access.OwnPolicy())
        policy.register(models.Letter, access.LetterPolicy())
        letters.OWN[mails.TOLD] = mails.write_told
        letters.OWN[digests.DIGEST] = digests.write_digests
        privacy.register()
        privacy_intake.register()
        letters.register(letters.Pattern("notices.held", models.HeldReply, telling.held_mail))
