"""The Message-ID of a letter: the same at every try, so that a receiving server can tell a repeat."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac


def own_domain() -> str:
    """Not the machine's own name, which is nobody's business."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def id_of(letter: int) -> str:
    """Without its angle brackets. Nobody can guess it: reports of bounces are believed by it."""
    return f"{salted_hmac('notices.letter', str(letter)).hexdigest()[:32]}@{own_domain()}"
