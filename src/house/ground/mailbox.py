"""Mail as files: what the demonstration sends, kept to be shown on the mailbox page."""

import email
import email.policy
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from house.ground.codes import short_code


class MailboxBackend(BaseEmailBackend):
    """Writes each message to one file; whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAILBOX_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns()}-{short_code(6)}"
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Mail:
    code: str
    sent_at: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str


def mails(*, limit: int = 50) -> list[Mail]:
    """The newest mails first."""
    folder = Path(settings.MAILBOX_ROOT)
    return [_read(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:limit]]


def _read(path: Path) -> Mail:
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(parsed, ParsedMessage)  # noqa: S101 -- the policy's promise, told to mypy
    bodies = {kind: parsed.get_body((kind,)) for kind in ("plain", "html")}
    return Mail(
        code=path.stem,
        sent_at=datetime.fromtimestamp(int(path.stem.split("-")[0]) / 1e9, UTC),
        sender=str(parsed["From"]),
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]),
        text=bodies["plain"].get_content() if bodies["plain"] else "",
        html=bodies["html"].get_content() if bodies["html"] else "",
    )


def forget(address: str) -> None:
    """Take every mail to or from this address out of the mailbox."""
    for path in Path(settings.MAILBOX_ROOT).glob("*.eml"):
        if address.encode() in path.read_bytes():
            path.unlink(missing_ok=True)
