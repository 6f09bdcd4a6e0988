from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "house.meetings"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.meetings import access, briefs, models, notices, privacy, remembering

        policy.register(models.Availability, access.AvailabilityPolicy())
        for model in (models.WeeklyHours, models.DayChange, models.Busy):
            policy.register(model, access.HoursPolicy())
        policy.register(models.Session, access.SessionPolicy())
        policy.register(models.PrivateNote, access.OwnNotePolicy())
        policy.register(models.Visit, access.VisitPolicy())
        policy.register(models.ProgrammeRow, access.PlanPolicy())
        policy.register(models.Promise, access.PromisePolicy())
        policy.register(models.UnitRule, access.RulePolicy())
        privacy.register()
        briefs.register()
        notices.register()
        remembering.register()
