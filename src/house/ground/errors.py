from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import PermissionDenied


class Refused(Exception):  # noqa: N818 -- reads as what happened: the house refused
    """What was asked can't be done. `message` says why, `remedy` what would help, both to a person.

    `facts` tell a program what it needs to try again.
    """

    code = "refused"
    status = 409
    facts: Mapping[str, object] = MappingProxyType({})

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Forbidden(Refused, PermissionDenied):
    """Seen, but not theirs to do (403)."""

    code = "forbidden"
    status = 403


class Overtaken(Refused):
    """Somebody else saved meanwhile. Told of it, she may save over what stands now."""

    code = "overtaken"


class Gone(Refused):
    """Somebody else removed it after it was looked up."""

    code = "gone"


class TooMany(Refused):
    """Asked too often (429). `retry_after` in seconds."""

    code = "too-many-requests"
    status = 429

    def __init__(self, message: str, *, retry_after: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.retry_after = retry_after
