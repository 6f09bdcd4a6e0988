from house.showcase.actions.people import (
    agree_as_contact,
    ask_contact,
    hide_face,
    refuse_as_contact,
    show_face,
)
from house.showcase.actions.quotations import (
    let_out,
    save_quotation,
    take_in,
    withdraw_consent,
)
from house.showcase.actions.writing import (
    add_picture,
    begin,
    discard_draft,
    go_back_to,
    publish,
    remove_picture,
    save_draft,
    withdraw,
)

__all__ = [
    "add_picture",
    "agree_as_contact",
    "ask_contact",
    "begin",
    "discard_draft",
    "go_back_to",
    "hide_face",
    "let_out",
    "publish",
    "refuse_as_contact",
    "remove_picture",
    "save_draft",
    "save_quotation",
    "show_face",
    "take_in",
    "withdraw",
    "withdraw_consent",
]
