"""`{% editor_words %}` on a writing page, beside `front/editor.js`: what the editor says."""

import json

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from house.ground.drafts import taken

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_words(context: Context) -> SafeString:
    return format_html(
        '<div hidden id="editor-words" data-taken="{}" data-sprite="{}" data-words="{}"></div>',
        taken(context["request"]),
        static("front/sprite.svg"),
        json.dumps(words()),
    )


def words() -> dict[str, str]:
    """Every sentence that the editor says, in the reader's language."""
    return {
        "toolbar": _("Formatting"),
        "help": _("Press Alt and F10 for the formatting buttons, Escape to come back."),
        "heading": _("Heading"), "subheading": _("Subheading"),
        "strong": _("Bold"), "em": _("Italic"), "link": _("Link"),
        "bullets": _("List"), "numbers": _("Numbered list"),
        "shallower": _("One level out"), "deeper": _("One level in"), "quote": _("Quotation"),
        "table": _("Insert a table"), "rowAbove": _("Row above"), "rowBelow": _("Row below"),
        "columnBefore": _("Column before"), "columnAfter": _("Column after"),
        "headerRow": _("Heading row"), "deleteRow": _("Delete row"), "deleteColumn": _("Delete column"),
        "deleteTable": _("Delete table"), "undo": _("Undo"), "redo": _("Redo"),
        "address": _("Address of the link"), "linkText": _("Words of the link"),
        "wrongAddress": _("Write a web address such as https://example.org, or an e-mail address."),
        "setLink": _("Set link"), "removeLink": _("Remove link"), "cancel": _("Cancel"),
        "saving": _("Saving…"), "saved": _("Saved {time}"),
        "offline": _("Not saved: the house can't be reached. Your text is kept in this browser."),
        "gone": _("Not saved: somebody has removed this meanwhile. Copy what you need."),
        "slower": _("Not saved yet. Your text is kept in this browser."),
        "signedOut": _("You were signed out. Your text is kept in this browser."),
        "signIn": _("Sign in again and go on"),
        "restored": _("We put back what you typed at {time}, which had not been saved."),
        "undoRestore": _("Use the saved text instead"),
        "found": _("You typed something here at {time} that was not saved. The draft has changed since."),
        "putBack": _("Put it back"), "forget": _("Forget it"),
        "conflict": _("{who} saved this meanwhile. Yours is kept as the draft; theirs is here."),
        "theirs": _("theirs"), "mine": _("yours"),
        "keepMine": _("Keep mine"), "takeTheirs": _("Take theirs"),
    }  # fmt: skip
