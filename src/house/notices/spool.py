"""Messages that wait for their second try: one file each, readable by the house alone, gone after it."""

import email
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from house.ground.codes import short_code


def put(message: EmailMessage, *, takes: str) -> str:
    folder = Path(settings.SPOOL_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    name = short_code(16)
    told = {
        "from": message.from_email,
        "to": message.recipients(),
        "takes": takes,
        "message": message.message().as_bytes().decode("ascii", "surrogateescape"),
    }
    with os.fdopen(
        os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w"
    ) as file:
        json.dump(told, file)
    return name


class Spooled(EmailMessage):
    """As it was the first time, byte for byte, with its Message-ID."""

    def __init__(self, raw: bytes, *, sender: str, receivers: list[str]) -> None:
        headers = email.message_from_bytes(raw)
        super().__init__(
            subject=str(headers["Subject"]),
            from_email=sender,
            to=receivers,
            headers={"Message-ID": str(headers["Message-ID"])},
        )
        self._raw = raw

    def message(self, **_policy: Any) -> "Spooled":
        return self

    def as_bytes(self, linesep: str = "\n", **_options: Any) -> bytes:
        """What Django's backends ask of a message."""
        return linesep.encode().join(self._raw.splitlines())


def take(name: str) -> tuple[Spooled, str] | None:
    """The message and the capability that its receiver needs; once, so that a repeated task sends nothing."""
    path = Path(settings.SPOOL_ROOT) / name
    taken = path.with_suffix(".taken")
    try:
        path.rename(taken)
    except FileNotFoundError:
        return None
    told = json.loads(taken.read_text())
    taken.unlink()
    raw = told["message"].encode("ascii", "surrogateescape")
    return Spooled(raw, sender=told["from"], receivers=told["to"]), told["takes"]
