"""Why a source could not be read, in plain words. The code is kept; the sentence is made when it is shown."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES = {
    "gone": gettext_lazy("It says that it is gone for good (410). It is not asked again."),
    "redirect": gettext_lazy("It sends readers to an address that can't be asked."),
    "redirects": gettext_lazy("It sends readers round in circles."),
    "robots": gettext_lazy("Its robots.txt asks programs to stay away from this address."),
    "robots-unknown": gettext_lazy("Its robots.txt can't be read at the moment, so the feed isn't either."),
    "too-large": gettext_lazy("The feed is larger than two megabytes."),
    "entities": gettext_lazy("The feed defines words in a way that could fill the memory: it is refused."),
    "no-feed": gettext_lazy("What stands there is no feed: perhaps it moved, or is a web page now."),
}  # fmt: skip
_STATUSES = {
    "401": gettext_lazy("It asks for a name and a password."),
    "403": gettext_lazy("It refuses us."),
    "404": gettext_lazy("There is nothing at this address any more."),
    "429": gettext_lazy("It finds that we ask too often; we wait for as long as it wants."),
    "503": gettext_lazy("It is closed for the moment."),
}


def sentence(trouble: str) -> str:
    code, _colon, detail = trouble.partition(":")
    if code in _SENTENCES:
        return str(_SENTENCES[code])
    if code == "status" and detail in _STATUSES:
        return str(_STATUSES[detail])
    if code == "status":
        return _("It answered with an error (%(status)s).") % {"status": detail}
    if code == "unreachable":
        return _("It could not be reached: %(why)s") % {"why": detail}
    return trouble
