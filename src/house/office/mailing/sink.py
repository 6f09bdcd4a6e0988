"""A mail server on loopback that takes everything and counts it; its argument is the port."""

import sys
import threading
from collections import Counter
from email.parser import BytesHeaderParser
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.bytes = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        self.taken[str(BytesHeaderParser().parsebytes(envelope.content)["Message-ID"])] += 1
        self.bytes += len(envelope.content)
        return "250 OK"


def main(port: int) -> None:
    """Until its input ends; then it says how many messages came, how many were repeats, and their bytes."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    sys.stdin.read()
    controller.stop()
    repeats = sum(sink.taken.values()) - len(sink.taken)
    sys.stdout.write(f"{sum(sink.taken.values())} {repeats} {sink.bytes}\n")


if __name__ == "__main__":
    threading.current_thread().name = "sink"
    main(int(sys.argv[1]))
