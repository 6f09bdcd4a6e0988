from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "house.notices"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.notices import access, models, privacy, privacy_intake

        policy.register(models.Mail, access.MailPolicy())
        policy.register(models.Suppression, access.MailPolicy())
        policy.register(models.Happening, access.HappeningPolicy())
        for model in (models.Notice, models.Subscription, models.Letter):
            policy.register(model, access.OwnPolicy())
        for model in (models.CalendarInvitation, models.ReplyAddress):
            policy.register(model, access.OwnPolicy())
        privacy.register()
        privacy_intake.register()
