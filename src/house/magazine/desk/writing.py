"""The desk's field for long text."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from house.ground.text import keepable


class RichText(DraftailRichTextArea):
    """Wagtail's, without what no database keeps.

    It sends its text as JSON, in which NUL and halves of letters are written out: `ground.middleware` reads
    past them, and they become themselves here.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return keepable(super().value_from_datadict(data, files, name))
