from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from house.access.querysets import Visible
from house.magazine import afterwards
from house.magazine.blocks import FEATURES, SectionBlock, Stream


class IssueQuerySet(Visible, models.QuerySet["Issue"]):
    def published(self) -> Self:
        """Of what the viewer may see, what readers find, the newest first."""
        return self.filter(live=True).select_related("cover").order_by("-number")


class Issue(  # type: ignore[misc]
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """One month's magazine: cover, note, sections in their order. Its articles have doors of their own."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    month = models.DateField(_("month"), help_text=_("The first day of its month."))
    title = models.CharField(_("title"), max_length=120)
    cover = models.ForeignKey(
        "magazine.Picture", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("cover"), help_text=_("Without one the house draws a cover."),
    )  # fmt: skip
    cover_alt = models.CharField(_("what the cover shows"), max_length=300, blank=True)
    note = RichTextField(_("editor's note"), features=FEATURES, blank=True)
    note_by = models.CharField(_("who wrote the note"), max_length=120, blank=True)
    sections = Stream([("section", SectionBlock())], verbose_name=_("sections"), blank=True)
    is_sample = models.BooleanField(
        _("free sample"),
        default=False,
        help_text=_("Everybody reads all of it. One issue at most."),
    )
    is_demonstration = models.BooleanField(default=False, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("issue")
        constraints = [
            models.UniqueConstraint(
                fields=["is_sample"], condition=Q(is_sample=True), name="magazine_one_sample"
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover_alt=""),
                name="magazine_cover_says_what_it_shows",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="magazine_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("magazine:issue", args=[self.number])

    @property
    def month_name(self) -> str:
        return date_format(self.month, "F Y")

    @property
    def section_names(self) -> list[str]:
        return [block.value["name"] for block in self.sections]

    def clean(self) -> None:
        super().clean()
        if self.month:
            self.month = self.month.replace(day=1)
        if self.cover_id and not self.cover_alt and self.cover is not None:
            self.cover_alt = self.cover.description or self.cover.title

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Wagtail's, then what follows from it: its articles, the index, and the mail edition once."""
        with transaction.atomic():
            super().publish(revision, user=user, **kwargs)
            afterwards.issue_changed(self, user)

    def unpublish(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        with transaction.atomic():
            super().unpublish(*args, user=user, **kwargs)
            afterwards.issue_changed(self, user)

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        from house.magazine.reading import issue_context  # noqa: PLC0415 -- as above

        context = {**issue_context(self, request.viewer), "is_preview": True}
        return TemplateResponse(request, "magazine/issue.html", context)
