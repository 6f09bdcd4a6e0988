from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "house.groups"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.groups import (
            access,
            briefs,
            calendar,
            emails,
            models,
            offering,
            privacy,
            search,
            told,
        )
        from house.retrieval import sources

        policy.register(models.Group, access.GroupPolicy())
        policy.register(models.Member, access.MemberPolicy())
        policy.register(models.Admission, access.AdmissionPolicy())
        policy.register(models.Page, access.InsidePolicy())
        policy.register(models.GroupFile, access.InsidePolicy())
        policy.register(models.PageVersion, access.CirclePolicy())
        policy.register(models.Task, access.CirclePolicy())
        policy.register(models.Meeting, access.CirclePolicy())
        policy.register(models.MeetingAnswer, access.AnswerPolicy())
        policy.register(models.Draft, access.DraftPolicy())
        privacy.register()
        told.register_kinds()
        emails.register_letters()
        calendar.register()
        briefs.register()
        offering.register()
        sources.register(search.SOURCE)
        sources.register(search.PAGE_SOURCE)
