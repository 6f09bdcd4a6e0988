from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.log_actions import log
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from house.access.querysets import Visible
from house.magazine import afterwards, quotes
from house.magazine.blocks import BodyBlock, Stream
from house.magazine.models.issue import Issue
from house.vocabulary.languages import LANGUAGES


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")


LICENCES = [
    ("", _("All rights reserved")),
    ("CC BY 4.0", "CC BY 4.0"),
    ("CC BY-SA 4.0", "CC BY-SA 4.0"),
    ("CC0 1.0", "CC0 1.0"),
]


class ArticleQuerySet(Visible, models.QuerySet["Article"]):
    def published(self) -> Self:
        """Of what the viewer may see, what readers find: live, in an issue that is out."""
        return self.filter(live=True, issue__live=True)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def for_cards(self) -> Self:
        """Everything a row of a list reads, in two queries."""
        return self.select_related("issue").prefetch_related("cities")


class Article(  # type: ignore[misc]
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    section = models.CharField(
        _("section"),
        max_length=80,
        blank=True,
        help_text=_("By the name that it has in the issue."),
    )
    position = models.PositiveSmallIntegerField(_("place in the issue"), default=0)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=100, allow_unicode=True)
    teaser = models.TextField(_("teaser"), max_length=500, blank=True)
    language = models.CharField(
        _("language"), max_length=12, default="en", choices=sorted(LANGUAGES.items())
    )
    byline = models.CharField(_("written by"), max_length=200, blank=True)
    cities = ParentalManyToManyField(
        "vocabulary.City", related_name="+", blank=True, verbose_name=_("cities")
    )
    topics = ParentalManyToManyField(
        "vocabulary.Topic", related_name="+", blank=True, verbose_name=_("topics")
    )
    licence = models.CharField(_("licence"), max_length=20, choices=LICENCES, blank=True)
    audience = models.CharField(
        _("who may read"), max_length=7, choices=Audience, default=Audience.MEMBERS
    )
    body = Stream(BodyBlock(), verbose_name=_("text"), blank=True)
    # What it was proposed from, by kind and key of its search source.
    source_kind = models.CharField(max_length=20, blank=True, editable=False)
    source_key = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    # The title that it took from there, and where that stands: while it bears it, it is lent.
    lent_title = models.CharField(max_length=160, blank=True, editable=False)
    lent_title_from = models.CharField(max_length=300, blank=True, editable=False)
    # Codes of the cities that it named because of that source; told only while the source may be.
    lent_cities = models.JSONField(default=list, editable=False)
    is_demonstration = models.BooleanField(default=False, editable=False)
    # The revision that goes out with the issue: it was published or approved while the issue was not out.
    approved = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Since when words in it are taken back, as a daily duty noticed: for the desk. Readers never wait for it.
    lent_ended_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    # What of these readers get: `reading` fills them, and nobody shows the fields themselves.
    shown_title = shown_teaser = ""
    shown_cities: Sequence[Any] = ()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "position", "pk"]
        verbose_name = _("article")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "slug"], name="magazine_address_once_an_issue",
                violation_error_message=_("Another article of this issue has this address."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="magazine_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(issue__isnull=False),
                name="magazine_live_stands_in_an_issue",
                violation_error_message=_("Choose the issue that it stands in before you publish it."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        number = self.issue.number if self.issue else 0
        return reverse("magazine:article", args=[number, self.slug])

    @property
    def code(self) -> str:
        """What a program may keep to find it again. Reads the issue."""
        return f"{self.issue.number if self.issue else 0}/{self.slug}"

    @property
    def is_open(self) -> bool:
        """May everybody read it, once it is out? Reads the issue: `for_cards()` joins it."""
        is_sample = self.issue is not None and self.issue.is_sample
        return self.audience == Audience.PUBLIC or is_sample

    def clean(self) -> None:
        """What is out does not move to an issue to come: it would be out still, and wait there unseen."""
        super().clean()
        if self.live and self.issue is not None and not self.issue.live:
            told = _("It is out with another issue. Take it back first, then put it into this one.")
            raise ValidationError({"issue": told})

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Readers get it with its issue: before that, this revision is approved and waits.

        A revision that quotes what does not stand any more goes nowhere, whoever or whatever publishes
        it; the desk says so beforehand.
        """
        text = revision.as_object()
        if text.go_live_at is None or text.go_live_at <= timezone.now():
            if quotes.troubles(text):
                self.revisions.update(approved_go_live_at=None)
                return
            if text.issue is None or not text.issue.live:
                self._approve(revision, user)
                return
        super().publish(revision, user=user, **kwargs)
        afterwards.article_changed(self)

    def with_content_json(self, content: Any) -> Any:
        """Editing undoes neither that a revision is approved, nor that a title and cities were lent."""
        made = super().with_content_json(content)
        made.approved_id = self.approved_id
        made.lent_title, made.lent_title_from = self.lent_title, self.lent_title_from
        made.lent_cities = self.lent_cities
        return made

    def _approve(self, revision: Any, user: Any) -> None:
        self.approved = revision
        self.save(update_fields=["approved"])
        self.revisions.update(approved_go_live_at=None)
        if (state := self.current_workflow_state) is not None:
            state.cancel(user=user)
        log(instance=self, action="magazine.approve", user=user, revision=revision)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        super().unpublish(*args, **kwargs)
        afterwards.article_changed(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            afterwards.article_changed(self)  # the index looks when it is gone
            return super().delete(*args, **kwargs)

    @property
    def goes_with_issue(self) -> bool:
        return self.approved_id is not None and not self.live

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        from house.magazine.reading import article_context  # noqa: PLC0415 -- as above

        context = {**article_context(self, request.viewer), "is_preview": True}
        return TemplateResponse(request, "magazine/article.html", context)
