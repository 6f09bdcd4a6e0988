"""One house with a person of each kind and a thing in each state. Built once for the whole matrix.

Every text that not everybody may read holds a word of its own (`zz…`): `SECRETS` says who may meet it.
"""

import datetime
import time
from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.utils import timezone

from house.alex.content import tidy
from house.alex.models import Draft, Entry, ImportRun
from house.alex.models.entry import State
from house.notices.models import Suppression
from house.office.models import PeopleAct, Reveal
from house.partners import ledger
from house.partners.models import (
    Benefit,
    CityDomain,
    Invitation,
    JoinRequest,
    Movement,
    PartnershipChange,
    RightException,
    Seat,
    Table,
)
from house.partners.viewing import viewer_for
from house.people.models import ApiToken, ContactMessage
from house.people.tokens import issue_token
from house.retrieval import outbox
from tests.factories import (
    ApplicationFactory,
    CityFactory,
    EntryFactory,
    PartnershipFactory,
    PersonFactory,
    SeatFactory,
    TopicFactory,
)
from tests.matrix.plan import KINDS, TABLE
from tests.matrix.worlds import (
    agora,
    agora_routing,
    calendars,
    clauses,
    gatherings,
    groups,
    hosting,
    initiatives,
    magazine,
    market,
    meetings,
    memory,
    mobility,
    notices,
    radar,
    showcase,
)

ROOMS = (
    agora, agora_routing, groups, gatherings, hosting, market, meetings, memory, notices, calendars,
    showcase, magazine, radar, initiatives, mobility, clauses,
)  # fmt: skip


@dataclass
class World:
    persons: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    # Thing → state → the arguments of its address.
    things: dict = field(default_factory=dict)


# Word → who may meet it, as a phrase of the table.
SECRETS = {
    **{f"zz{state}case": who for state, who in TABLE["seen"]["entry"].items()},
    "zzname": "inside",
    "zzmail": "inside",
    "zznotes": "office",
    "zztable": "office",
    "zzexception": "premium, office",
    "zzletter": "partner, premium",
    "zzapplicant": "office",
}
for room in ROOMS:
    SECRETS |= room.SECRETS


def build():
    world = World()
    day = datetime.timedelta(days=1)
    today = timezone.now().date()
    cities = {code: CityFactory(code=code) for code in ("ours", "prem", "asso", "gone")}
    running = {
        code: PartnershipFactory(city=cities[code], level=level)
        for code, level in (("ours", "partner"), ("prem", "premium"), ("asso", "associate"))
    }
    ended = PartnershipFactory(
        city=cities["gone"], ends_on=today - 40 * day, last_day=today - 10 * day, grace_days=30
    )
    running["ours"].notes = "What the office alone reads: zznotes."
    running["ours"].save()
    PartnershipChange.objects.create(
        code="zzplan", partnership=running["ours"], act="level", level="premium",
        effective_on=today + 90 * day,
    )  # fmt: skip
    seats = {
        "ended": ended, "associate": running["asso"], "partner": running["ours"],
        "premium": running["prem"], "coordinator": running["ours"], "suspended": running["ours"],
        "signed out": running["ours"],
    }  # fmt: skip
    flags = {
        "curator": {"is_curator": True}, "expert": {"is_expert": True}, "office": {"is_office": True},
        "suspended": {"is_active": False},
    }  # fmt: skip
    for kind in KINDS[1:]:
        word = kind.replace(" ", "")
        person = PersonFactory(
            email=f"zzmail-{word}@example.org",
            name=f"Zzname {kind.title()}",
            city=seats[kind].city if kind in seats else None,
            **flags.get(kind, {}),
        )
        if kind in seats:
            SeatFactory(
                partnership=seats[kind], person=person,
                kind=Seat.Kind.COORDINATOR if kind == "coordinator" else Seat.Kind.MEMBER,
            )  # fmt: skip
        world.persons[kind] = person
        world.sessions[kind] = session_of(person)
        world.keys[kind] = issue_token(person)
    _end_session(world)
    _things(world, cities)
    return world


def session_of(person):
    """As signed in by a typed code, without walking through it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store["fresh_at"] = time.time()  # she has just come in, so nothing asks her once more
    store.save()
    return store.session_key


def _end_session(world):
    """Her browser still sends the cookie and the key; the house knows neither any more."""
    import_module(settings.SESSION_ENGINE).SessionStore(world.sessions["signed out"]).delete()
    ApiToken.objects.filter(person=world.persons["signed out"]).update(revoked_at=timezone.now())


def _things(world, cities):
    partner, premium = world.persons["partner"], world.persons["premium"]
    topic = TopicFactory(slug="bike-sharing")
    facts = {
        "public": {"audience": "public"},
        "alliance": {"audience": "alliance", "author": premium, "city": cities["prem"]},
        "city": {"audience": "city"},
        "othercity": {"audience": "city", "author": premium, "city": cities["prem"]},
        "draft": {"audience": "public", "state": State.DRAFT},
        "submitted": {"audience": "public", "state": State.SUBMITTED},
        "withdrawn": {"audience": "public", "state": State.WITHDRAWN},
        "private": {"audience": "private"},
        "sealed": {"audience": "alliance", "candour": "sealed", "author": premium, "city": cities["prem"]},
    }  # fmt: skip
    entries = {}
    for state, told in facts.items():
        entry = EntryFactory(
            slug=f"entry-{state}", title=f"The zz{state}case", topics=[topic],
            summary=f"What became of the zz{state}case, a case.",
            fields={"challenge": f"<p>The case zz{state}case was hard.</p>"},
            **{"author": partner, "city": cities["ours"], "state": State.PUBLISHED, **told},
        )  # fmt: skip
        if state in {"draft", "submitted"}:
            Draft.objects.create(
                entry=entry, revision=1, state="writing" if state == "draft" else "submitted",
                content=tidy(entry.kind, {"title": entry.title, "audience": "public"}),
                submitted_at=None if state == "draft" else timezone.now(),
            )  # fmt: skip
        outbox.touch("entry", entry.pk)
        entries[state] = {"slug": entry.slug}
    outbox.drain()
    partner.photo.save("partner.jpg", ContentFile(b"a picture"))
    unlisted = PersonFactory(email="zzmail-unlisted@example.org", name="Zzname Unlisted")
    run = ImportRun.objects.create(
        files=["a.jsonl"], options={"audience": "alliance"}, state="done"
    )
    told = {"name": "Zzapplicant", "city_name": "Zzapplicant", "email": "zzapplicant@x.example"}
    applications = {
        "proven": ApplicationFactory(**told, why="zzapplicant", shares="zzapplicant"),
        "unproven": ApplicationFactory(**told, proven_at=None),
    }
    world.things = {
        "application": {state: {"code": row.code} for state, row in applications.items()},
        "letter": {state: {"code": row.code} for state, row in applications.items()},
        "homecity": {"any": {}},
        "entry": entries,
        "version": entries,
        "published": entries,
        "person": {
            "active": {"code": partner.code},
            "suspended": {"code": world.persons["suspended"].code},
            "unlisted": {"code": unlisted.code},
        },
        "city": {"partner": {"slug": cities["ours"].slug}},
        "topic": {"any": {"slug": topic.slug}},
        "run": {"done": {"code": run.code}},
        **_seats(world, cities),
        **_desk(world),
        **_rights(cities),
        **_letters(world),
        "unknown": {"gone": {"code": "none"}},
        "nothing": {"none": {}},
    }
    for room in ROOMS:
        world.things |= room.things(world, cities)


def _seats(world, cities):
    """What the coordinator of our city looks after."""
    partner, premium = world.persons["partner"], world.persons["premium"]
    held = {person: Seat.objects.get(person=person) for person in (partner, premium)}
    empty = SeatFactory(partnership=held[partner].partnership, person=None)
    invitation = Invitation.objects.create(seat=empty, email="new@ours.example", name="Zzname New")
    domain = CityDomain.objects.create(city=cities["ours"], domain="ours.example")
    joining = JoinRequest.objects.create(
        city=cities["ours"], email="ask@ours.example", name="Zzname Asks", title="Planner"
    )
    asked = ledger.hold(
        cities["ours"], Benefit.objects.get(pk="one-on-one"), key="matrix", by=viewer_for(partner),
        what_for="Heat plans",
    )  # fmt: skip
    return {
        "ourcity": {"named": {}},
        "owncity": {"any": {}},
        "seat": {"ours": {"code": held[partner].code}, "prem": {"code": held[premium].code}},
        "invitation": {"ours": {"code": invitation.code}},
        "domain": {"ours": {"code": domain.code}},
        "joining": {"ours": {"code": joining.code}},
        "asked": {"ours": {"code": asked.code}},
        "hold": {"ours": {"code": asked.code}},
        "account": {"ours": {"code": asked.account.code}},
        "movement": {"ours": {"code": Movement.objects.filter(account=asked.account).first().code}},
    }


def _desk(world):
    """What the office did and asked for."""
    office, premium = world.persons["office"], world.persons["premium"]
    act = PeopleAct.objects.create(act="give_expert", reason="zz", before={str(premium.pk): False})
    reveal = Reveal.objects.create(
        entry=Entry.objects.get(slug="entry-sealed"), author=premium, reason="zz", asked_by=office,
        lapses_at=timezone.now() + datetime.timedelta(days=7),
    )  # fmt: skip
    stopped = Suppression.objects.create(address="zzgone@example.org")
    return {
        "peopleact": {"done": {"code": act.code}},
        "reveal": {"asked": {"code": reveal.code}},
        "suppression": {"standing": {"code": stopped.code}},
    }


def _rights(cities):
    """The table that rules, one to come, and exceptions from it."""
    day = datetime.timedelta(days=1)
    ruling = Table.objects.get()
    Table.objects.create(
        effective_from=timezone.now() + day, note="Zztable to come", seats=ruling.seats
    )
    facts = {"capability": "agora.write", "is_granted": True, "reason": "Zzexception"}
    dates = {"starts_on": timezone.now().date(), "ends_on": timezone.now().date() + day}
    standing, ended = (
        RightException.objects.create(city=cities["prem"], revoked_at=moment, **facts, **dates)
        for moment in (None, timezone.now())
    )
    return {
        "table": {"ruling": {"number": 1}, "coming": {"number": 2}},
        "exception": {"standing": {"code": standing.code}, "ended": {"code": ended.code}},
    }


def _letters(world):
    """What two colleagues wrote, and the key of a program."""
    partner, premium = world.persons["partner"], world.persons["premium"]
    message = ContactMessage.objects.create(
        sender=partner, receiver=premium, subject="Zzletter", text="Zzletter"
    )
    key = ApiToken.objects.get(person=partner)
    return {
        "message": {"sent": {"code": message.code}},
        "received": {"sent": {"code": message.code}},
        "key": {"hers": {"code": key.digest[:12]}},
    }
