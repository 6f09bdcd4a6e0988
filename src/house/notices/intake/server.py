"""The door for mail servers, SMTP or LMTP: it keeps a mail on the disk, then says "OK"."""

import asyncio
import logging
import time
from collections import deque
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from house.notices import reply_to
from house.notices.intake import spooling

log = logging.getLogger(__name__)
MOST_RECEIVERS = 20
PER_SENDER, PER_CALLER = 30, 600  # mails a minute
_REMEMBERED = 5000


class Door:
    """Refuses what isn't for the house, what is too large and what comes too often; keeps the rest."""

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        caller = str(session.peer[0]) if isinstance(session.peer, tuple) else "socket"
        sender = address.strip("<>").lower()[:254]
        is_ok = self._may(f"caller {caller}", PER_CALLER)
        if not is_ok or (sender and not self._may(f"sender {sender}", PER_SENDER)):
            return "450 4.7.1 Too many mails in a short time; please try again later"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply_to.token_in(address) is None:
            return "550 5.1.1 No such address here"
        if len(envelope.rcpt_tos) >= MOST_RECEIVERS:
            return "452 4.5.3 Too many receivers"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        try:
            await asyncio.to_thread(
                spooling.keep,
                raw,
                receivers=envelope.rcpt_tos,
                sender=(envelope.mail_from or "").strip("<>"),
            )
        except OSError:
            log.exception("A mail could not be kept on the disk; its server is asked to try again.")
            said = "451 4.3.0 Could not be stored; please try again"
        else:
            said = "250 2.0.0 Kept"
        # LMTP answers once for each receiver.
        return "\r\n".join([said] * (len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1))

    def _may(self, who: str, most: int) -> bool:
        now = time.monotonic()
        if len(self._seen) > _REMEMBERED:
            self._seen = {
                key: times for key, times in self._seen.items() if times and times[-1] > now - 60
            }
        times = self._seen.setdefault(who, deque(maxlen=most + 1))
        while times and times[0] < now - 60:
            times.popleft()
        times.append(now)
        return len(times) <= most


class _Smtp(SMTP):
    line_length_limit = 64 * 1024  # octets: some programs write a paragraph into one line


class _Lmtp(LMTP):
    line_length_limit = _Smtp.line_length_limit


class Intake(Controller):
    """`lmtp` speaks what Postfix and Exim hand mail on by; else SMTP."""

    def __init__(self, host: str, port: int, *, lmtp: bool) -> None:
        self._protocol = _Lmtp if lmtp else _Smtp
        super().__init__(
            Door(), hostname=host, port=port, data_size_limit=spooling.MAX_BYTES, ident="Digital House",
            enable_SMTPUTF8=True, timeout=120,
        )  # fmt: skip

    def factory(self) -> Any:
        return self._protocol(self.handler, **self.SMTP_kwargs)
