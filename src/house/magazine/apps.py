from django.apps import AppConfig


class MagazineConfig(AppConfig):
    name = "house.magazine"
    is_guarded = True

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from wagtail.images import permissions

        from house.access import policy
        from house.magazine import access, afterwards, emails, models, privacy, search
        from house.magazine.actions import publishing
        from house.magazine.desk.editors import PicturePolicy
        from house.magazine.desk.setting_up import set_up
        from house.retrieval import sources

        policy.register(models.Issue, access.IssuePolicy())
        policy.register(models.Article, access.ArticlePolicy())
        for model in (models.Picture, models.Plan, models.SecondReader):
            policy.register(model, access.DeskPolicy())
        sources.register(search.SOURCE)
        emails.register()
        privacy.register()
        afterwards.register(issue=publishing.issue_changed, article=publishing.article_changed)
        permissions.permission_policy = PicturePolicy(models.Picture)
        # Django's own word for "the tables stand now": also after a test has emptied them.
        post_migrate.connect(set_up, sender=self)
