import asyncio
import socket
from email import message_from_bytes
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives

from house.alex.models import Entry
from house.ground.errors import Refused
from house.notices import answering, happenings, letters
from house.notices.happenings import Kind, Told
from house.notices.letters import Pattern
from house.vocabulary.models import Topic
from tests.factories import EntryFactory


class Server:
    """A real mail server on loopback. `answers` are given in turn to RCPT; then it takes everything.

    `after` are given in turn to DATA: an answer, "lose" (take the message, drop the line before the answer),
    "drop" (without taking it).
    """

    def __init__(self):
        self.answers = []
        self.after = []
        self.messages = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "drop":
            server.transport.close()
            return "421 gone"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.after.pop(0) if self.after else "250 OK"
        if answer.startswith("2") or answer == "lose":
            self.messages.append(message_from_bytes(envelope.content))
        if answer in {"lose", "drop"}:
            server.transport.close()
            await asyncio.sleep(0)
            return "421 gone"
        return answer


class KeepsItsPort:
    """A mail server on a port of its own from the first: one looked for and let go may be another's by then."""

    def start(self):
        self.ready_timeout = 60  # seconds, for a crowded machine
        super().start()

    def _create_server(self):
        held = socket.socket()
        held.bind(("127.0.0.1", 0))
        self.port = held.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=held)


class Listening(KeepsItsPort, Controller):
    def __init__(self, handler):
        super().__init__(handler, hostname="127.0.0.1", port=0)


@pytest.fixture
def server(settings):
    handler = Server()
    controller = Listening(handler)
    controller.start()
    settings.EMAIL_BACKEND = "house.notices.transport.Transport"
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 30
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    yield handler
    controller.stop()


@pytest.fixture
def room(monkeypatch):
    """A room as small as can be: `make` makes a thing, which nobody in `hidden_from` may see.

    Kinds "toy.asked" (questions) and "toy.answered" (answers) take `agora.read`; letters are of the kind "toy.letter".
    """
    monkeypatch.setattr(happenings, "_kinds", {})
    monkeypatch.setattr(happenings, "_answerable", [])
    monkeypatch.setattr(letters, "_patterns", {})
    toy = SimpleNamespace(hidden_from=set(), asked=[], things={}, write=None)

    def told(pks, viewer):
        toy.asked.append((tuple(pks), viewer))
        things = {pk: thing for pk, thing in toy.things.items() if pk in pks}
        if viewer.person_id in toy.hidden_from:
            return {}
        return {
            pk: Told(
                title=f"Title {thing.slug}", url=f"/toy/{thing.slug}/", line=f"Line {thing.slug}"
            )
            for pk, thing in things.items()
        }

    def write(thing, person, viewer):
        if toy.write:
            return toy.write(thing, person, viewer)
        return EmailMultiAlternatives(f"About {thing.slug}", "Body", to=[person.email])

    def make(slug, number):
        toy.things[number] = SimpleNamespace(pk=number, slug=slug)
        return toy.things[number]

    toy.make = make
    for name, label, section in (
        ("toy.asked", "Question", "questions"), ("toy.answered", "Answer", "answers"),
    ):  # fmt: skip
        happenings.register(
            Kind(
                name=name, label=label, model=Topic, takes="agora.read", section=section, told=told
            )
        )
    letters.register(Pattern("toy.letter", SimpleNamespace(objects=_Things(toy)), write))
    return toy


class _Things:
    """What delivery asks of a model."""

    def __init__(self, toy):
        self.toy = toy

    def in_bulk(self, pks):
        return {pk: self.toy.things[pk] for pk in pks if pk in self.toy.things}


@pytest.fixture
def intake(settings):
    """An address for answers by mail, and our own mail server that proves senders."""
    settings.BASE_URL = "https://house.example"
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    settings.REPLY_ADDRESS = "reply@house.example"
    settings.INTAKE_AUTHSERV = "mx.house.example"
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def her(member):
    member.person.email = "her@aaa.example"
    member.person.save()
    return member.person


@pytest.fixture
def thing(monkeypatch):
    """Something that can be answered by mail; `answers` is what was posted."""
    entry = EntryFactory(audience="alliance")
    entry.answers = []

    def answer(found, viewer, reply):
        if "forbidden" in reply.text:
            raise Refused("The thread is closed.", remedy="Ask a new question.")
        if "crash" in reply.text:
            raise RuntimeError("boom")
        entry.answers.append(
            (viewer.person_id, reply.text, [(each.name, each.read()) for each in reply.files])
        )
        return "/topics/bike-sharing/"

    monkeypatch.setattr(answering, "_doors", {})
    answering.register(answering.Door("test.topic", Entry, answer))
    return entry
