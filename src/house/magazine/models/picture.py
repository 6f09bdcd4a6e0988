from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet

from house.access.querysets import PartQuerySet, Visible


class PictureQuerySet(Visible, ImageQuerySet):
    pass


class Picture(AbstractImage):
    """Editors see all pictures; readers see one where it stands, through that page's door."""

    credit = models.CharField(_("who made it"), max_length=200, blank=True)

    objects = PictureQuerySet.as_manager()
    # Wagtail's own name no tag to filter by: looking for words among the pictures of a tag would break.
    search_fields = [
        *(
            each
            for each in AbstractImage.search_fields
            if not isinstance(each, index.RelatedFields)
        ),
        index.RelatedFields(
            "tags",
            [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("name")],
        ),
    ]
    admin_form_fields = ("title", "file", "description", "credit")


class Rendition(AbstractRendition):
    """A size of a picture. Its file has no public address: the desk shows it at a guarded one."""

    part_of = "image"
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="magazine_rendition_once",
            )
        ]

    @property
    def url(self) -> str:
        return reverse("magazine:picture", args=[self.image_id, self.pk])

    full_url = url
