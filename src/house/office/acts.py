"""What the acts of the journal are called, in words that somebody of the office would use."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTS: dict[str, str | Promise] = {
    "people.suspend": gettext_lazy("Suspended a person"),
    "people.reinstate": gettext_lazy("Reinstated a person"),
    "people.give_office": gettext_lazy("Took a person into the office"),
    "people.take_office": gettext_lazy("Took a person out of the office"),
    "people.give_curator": gettext_lazy("Made a person a curator"),
    "people.take_curator": gettext_lazy("Ended a person’s work as curator"),
    "people.give_expert": gettext_lazy("Made a person an expert"),
    "people.take_expert": gettext_lazy("Ended a person’s work as expert"),
    "people.end_sessions": gettext_lazy("Ended all sessions of a person"),
    "people.send_help": gettext_lazy("Sent a person help with signing in"),
    "reveal.ask": gettext_lazy("Asked who a sealed author is"),
    "reveal.agree": gettext_lazy("Agreed that a sealed author is revealed"),
    "reveal.refuse": gettext_lazy("Refused to reveal a sealed author"),
    "reveal.read": gettext_lazy("Read the name of a sealed author"),
    "mail.clear": gettext_lazy("Let an address get mail again"),
    "work.retry": gettext_lazy("Tried background work again"),
    "journal.verify": gettext_lazy("Checked the journal"),
    "alex.adopt": gettext_lazy("Noted that a city took an entry home"),
    "alex.answer": gettext_lazy("Answered a remark in a review"),
    "alex.attach": gettext_lazy("Attached a file to an entry"),
    "alex.create": gettext_lazy("Began an entry"),
    "alex.detach": gettext_lazy("Took a file off an entry"),
    "alex.discard": gettext_lazy("Threw a draft away"),
    "alex.fall_due": gettext_lazy("An entry passed its review date"),
    "alex.freshness": gettext_lazy("Said whether an entry is still true"),
    "alex.import": gettext_lazy("Imported documents"),
    "alex.label": gettext_lazy("Changed a label"),
    "alex.publish": gettext_lazy("Published an entry"),
    "alex.refuse": gettext_lazy("Refused an entry"),
    "alex.restore": gettext_lazy("Restored an entry"),
    "alex.result": gettext_lazy("Told what came of an adoption"),
    "alex.review": gettext_lazy("Took an entry into review"),
    "alex.revise": gettext_lazy("Began a revision"),
    "alex.say": gettext_lazy("Wrote in a review"),
    "alex.show_failures": gettext_lazy("Showed failures on an entry"),
    "alex.submit": gettext_lazy("Submitted an entry"),
    "alex.take_back": gettext_lazy("Took a submission back"),
    "alex.take_in": gettext_lazy("Took an entry in"),
    "alex.unlabel": gettext_lazy("Took a label away"),
    "alex.withdraw": gettext_lazy("Withdrew an entry"),
    "alex.write": gettext_lazy("Wrote in an entry"),
    "application.cared_for": gettext_lazy("Took an application over"),
    "application.city_settled": gettext_lazy("Settled the city of an application"),
    "application.joined": gettext_lazy("Let an applicant in"),
    "application.move_undone": gettext_lazy("Moved an application back"),
    "application.moved": gettext_lazy("Moved an application on"),
    "application.partnership_opened": gettext_lazy("Opened a partnership from an application"),
    "application.received": gettext_lazy("Received an application"),
    "application.separated": gettext_lazy("Separated an application"),
    "application.withdrawn": gettext_lazy("An application was withdrawn"),
    "application.written_to": gettext_lazy("Wrote to an applicant"),
    "domain.add": gettext_lazy("Added a mail domain"),
    "domain.remove": gettext_lazy("Removed a mail domain"),
    "domain.subdomains": gettext_lazy("Changed what a mail domain covers"),
    "domain.verify": gettext_lazy("Verified a mail domain"),
    "invitation.accept": gettext_lazy("Accepted an invitation"),
    "invitation.approve": gettext_lazy("Approved an invitation"),
    "invitation.make": gettext_lazy("Invited somebody"),
    "invitation.resend": gettext_lazy("Sent an invitation again"),
    "invitation.withdraw": gettext_lazy("Withdrew an invitation"),
    "join.ask": gettext_lazy("Asked to join a city"),
    "partnership.ended": gettext_lazy("Ended a partnership"),
    "partnership.extended": gettext_lazy("Extended a partnership"),
    "partnership.level": gettext_lazy("Changed a partnership’s level"),
    "partnership.noted": gettext_lazy("Noted something on a partnership"),
    "partnership.opened": gettext_lazy("Opened a partnership"),
    "partnership.renewed": gettext_lazy("Renewed a partnership"),
    "partnership.seats": gettext_lazy("Changed a partnership’s seats"),
    "partnership.taken_back": gettext_lazy("Took a change of a partnership back"),
    "people.erased": gettext_lazy("A person was erased"),
    "people.erasure_asked": gettext_lazy("Asked to be erased"),
    "people.erasure_taken_back": gettext_lazy("Took an erasure back"),
    "seat.close": gettext_lazy("Closed a seat"),
    "seat.create": gettext_lazy("Made a seat"),
    "seat.edit": gettext_lazy("Changed a seat"),
    "seat.free": gettext_lazy("Freed a seat"),
    "seat.move": gettext_lazy("Gave a seat to somebody else"),
    "token.made": gettext_lazy("Made a key for programs"),
    "token.revoked": gettext_lazy("Revoked a key for programs"),
    "keep question": gettext_lazy("Kept a question for the peers"),
}


def told(act: str) -> str:
    """The act in plain words; of an act that nobody named here, its own words."""
    if act in ACTS:
        return str(ACTS[act])
    room, _dot, verb = act.rpartition(".")
    words = verb.replace("_", " ").capitalize()
    return f"{words} ({room})" if room else words


def choices() -> Iterator[tuple[str, str]]:
    yield "", _("Every act")
    yield from sorted(((act, str(words)) for act, words in ACTS.items()), key=lambda each: each[1])
