"""What an article is made of. Each block says what it needs so that everybody can read it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from house.ground.html import safe_url
from house.magazine.addresses import is_path
from house.vocabulary.models import City

# The title stands above the text, so headings begin at the second level; no pictures within text.
FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "superscript"]


def city_choices() -> list[tuple[str, str]]:
    # every row: names of cities are no secret
    return [(city.pk, city.label()) for city in City.objects.order_by("name")]


class PathBlock(blocks.CharBlock):
    """An address within the house. What stands there is opened for each reader when she reads."""

    def clean(self, value: str) -> str:
        cleaned = super().clean(value)
        if cleaned and not is_path(cleaned):
            raise ValidationError(_("Copy the address from its page: it begins with /."))
        return cleaned


class WebBlock(blocks.URLBlock):
    def clean(self, value: str) -> str:
        cleaned = super().clean(value)
        if cleaned and not safe_url(cleaned):
            raise ValidationError(_("The address begins with https:// or http://."))
        return cleaned


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("what it shows"),
        max_length=300,
        help_text=_("For who can't see it: what a reader would miss."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("who made it"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")


class SourceBlock(blocks.CharBlock):
    """Where quoted words stand: a path of the house, where they are looked up, or a web address."""

    def clean(self, value: str) -> str:
        cleaned = super().clean(value)
        if cleaned and not is_path(cleaned) and not safe_url(cleaned):
            raise ValidationError(_("Copy the address of the page: it begins with / or https://."))
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"), max_length=1000)
    credit = blocks.CharBlock(label=_("who says so"), required=False, max_length=200)
    source = SourceBlock(
        label=_("where it stands"),
        required=False,
        max_length=1000,
        help_text=_("At an address of the house the words must stand exactly; it is looked up."),
    )
    paraphrase = blocks.BooleanBlock(
        label=_("a paraphrase"),
        required=False,
        help_text=_("In our own words: shown without quotation marks."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")


class CardBlock(blocks.StructBlock):
    """A card of something in the house: shown to who may see it there, and to nobody else."""

    path = PathBlock(label=_("its address"), max_length=300)
    why = blocks.CharBlock(label=_("why it stands here"), required=False, max_length=200)


class EntryBlock(CardBlock):
    class Meta:
        icon = "doc-full"
        label = _("Entry of ALEX")


class EventBlock(CardBlock):
    class Meta:
        icon = "date"
        label = _("Event")


class MapBlock(blocks.StructBlock):
    cities = blocks.ListBlock(
        blocks.ChoiceBlock(choices=city_choices, label=_("city")), min_num=1, max_num=30
    )
    caption = blocks.CharBlock(label=_("what the map shows"), max_length=300)

    class Meta:
        icon = "site"
        label = _("Map of cities")


class FigureBlock(blocks.StructBlock):
    """A number that speaks, with its source: without one it is only a claim."""

    value = blocks.CharBlock(label=_("figure"), max_length=40)
    label = blocks.CharBlock(label=_("what it counts"), max_length=200)
    source = blocks.CharBlock(label=_("source"), max_length=200)
    link = WebBlock(label=_("address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")


class VideoBlock(blocks.StructBlock):
    """A link, no player: nothing of another host is loaded into our pages."""

    title = blocks.CharBlock(label=_("title"), max_length=200)
    link = WebBlock(label=_("address"))
    length = blocks.CharBlock(label=_("length"), required=False, max_length=20)
    captions = blocks.BooleanBlock(label=_("has captions"), required=False)

    class Meta:
        icon = "media"
        label = _("Video link")


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
    entry = EntryBlock()
    event = EventBlock()
    map = MapBlock()
    figure = FigureBlock()
    video = VideoBlock()


class SectionBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("name"), max_length=80)
    line = blocks.CharBlock(label=_("in one sentence"), required=False, max_length=200)

    class Meta:
        icon = "list-ul"
        label = _("Section")


class Stream(StreamField):
    """Migrations don't repeat what it is made of: it is all one column of JSON."""

    def deconstruct(self) -> Any:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs
