"""What the desk shows beside Wagtail's own fields: an issue's articles, an article's quotes, what waits."""

from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from house.magazine import quotes
from house.magazine.models import Article, Issue
from house.magazine.readiness import asked_for, standing, standings

# every row in this file: shown at the desk alone, behind its door


class ArticlesPanel(Panel):
    """How far each article of the issue is."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> Any:
            found = standings(self.instance) if self.instance.pk else []
            return render_to_string(
                "magazine/desk/articles.html", {"standings": found, "issue": self.instance}
            )


class StandingPanel(Panel):
    """How far the article is, and what its second reader asks for."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> Any:
            if not self.instance.pk:
                return ""
            told = {
                "article": self.instance,
                "standing": standing(self.instance),
                "asked": asked_for(self.instance),
            }
            return render_to_string("magazine/desk/standing.html", told)


class QuotesPanel(Panel):
    """Whether each quote stands where the article says so, as last saved."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> Any:
            found = quotes.looked_at(self.instance) if self.instance.pk else []
            told = {"looked": found, "is_out": self.instance.live}
            return render_to_string("magazine/desk/quotes.html", told)


class NextIssues(Component):
    """On the desk's first screen: issues that are not out, and articles out there that quote amiss."""

    name = "next_issues"
    order = 100
    template_name = "magazine/desk/next_issues.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = Issue.objects.filter(live=False).order_by("number")[:3]
        newest = list(Issue.objects.published()[:3])
        out = Article.objects.filter(
            Q(issue__in=newest) | Q(lent_ended_at__isnull=False, live=True, issue__live=True)
        )
        found = (standing(article) for article in out.order_by("-issue__number", "position", "pk"))
        amiss = [each for each in found if each.troubles]
        return {
            "issues": [(issue, standings(issue)) for issue in waiting],
            "amiss": amiss,
            "alone": Article.objects.filter(issue=None).order_by("-pk")[:10],
        }
