"""Letters leave the house here, each once.

A handful at a time is claimed, built for its receivers as viewers of this moment, noted (`Mail`),
carried, and settled. What a kill interrupts, another process takes over: a message that a server
took stands in the book of the dead process and is not sent again, any other is. One case can't be
told from here: the server took a message and the word of it was lost (the line broke before its
250, or the process was killed in that instant). Then the letter is sent again, with the same
Message-ID, by which receiving servers recognise a repeat: rather twice than never.
"""

import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from house.notices import book, claiming, packing, settling
from house.notices.models import Letter
from house.notices.packing import Parcel
from house.notices.transport import Failure, failure_of

# every row in this file: a letter is built for its receiver as viewer, whoever runs this

HANDFUL = 25


class ServerAway(Exception):  # noqa: N818 -- not an error: the evening that a server takes off
    """No mail server answers: what waits keeps waiting, and no try is counted."""


def deliver(*, most: int | None = None, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send what waits, the urgent first; gives how many letters were dealt with."""
    own = book.mine()
    claiming.settle_the_dead(own.name)
    carrier = get_connection(settings.MAIL_CARRIER)
    done = 0
    try:
        while not should_stop() and (most is None or done < most):
            letters = claiming.claim(own.name, min(HANDFUL, most - done) if most else HANDFUL)
            if not letters:
                break
            try:
                done += _handful(letters, own, carrier)
            finally:  # whatever is still this process's own was not dealt with
                claiming.give_back(letters, own.name)
    except ServerAway:
        pass
    finally:
        _hang_up(carrier)
    return done


def _handful(letters: list[Letter], own: book.Book, carrier: Any) -> int:
    parcels = packing.pack(letters, own)
    settling.note(parcels)
    tried = []
    try:
        for parcel in parcels:
            if parcel.message is not None:
                _carry(parcel, own, carrier)
            tried.append(parcel)
    finally:
        settling.settle(tried, own.name)
    return len(tried)


def _carry(parcel: Parcel, own: book.Book, carrier: Any) -> None:
    try:
        carrier.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise ServerAway from problem
    try:
        carrier.send_messages([parcel.message])
        own.took(parcel.message_id)
    except (OSError, smtplib.SMTPException) as problem:
        _hang_up(carrier)  # whatever it was, the next message begins a new conversation
        parcel.failure = failure_of(problem)
    except (ValueError, TypeError) as problem:  # an address or a header that can't be written
        _hang_up(carrier)
        parcel.failure = Failure(f"{type(problem).__name__}: {problem}", is_lasting=True)
    else:
        parcel.state = Letter.State.SENT


def _hang_up(carrier: Any) -> None:
    """Without a word: a server that doesn't answer would be waited for once more."""
    line = getattr(carrier, "connection", None)
    if line is not None:
        line.close()
        carrier.connection = None
