from functools import partial

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.agora import actions as agora
from house.ground.errors import Forbidden, Refused
from house.office import tasks
from house.office.actions import reveals as acting
from house.office.models import Reveal
from house.partners.viewing import operator, viewer_for
from house.people.models import Person
from house.people.sudo import grow_stale
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db
NAME = "Zz Hidden Author"


@pytest.fixture
def second():
    return PersonFactory(name="Second Office", is_office=True)


@pytest.fixture
def author(member):
    Person.objects.filter(pk=member.person.pk).update(name=NAME)
    return Person.objects.get(pk=member.person.pk)


@pytest.fixture
def entry(author, member):
    return EntryFactory(
        title="A breach", audience="alliance", candour="sealed", author=author, city=member.city
    )


@pytest.fixture
def reveal(entry, office):
    return acting.ask_reveal(entry, by=viewer_for(office), reason="Personal data of a citizen")


def agreed(reveal, second):
    return acting.agree_to_reveal(reveal, by=viewer_for(second))


def test_two_people_with_a_reason_read_the_name_once_each(client_factory, entry, office, second):
    first, other = client_factory(office), client_factory(second)
    first.post(
        reverse("office:reveals"), {"thing": entry.get_absolute_url(), "reason": "Personal data"}
    )
    code = Reveal.objects.get().code
    act = reverse("office:reveal_act", args=[code])
    assert other.post(act, {"act": "agree"}).status_code == 302
    for client in (first, other):
        answer = client.post(act, {"act": "read"})
        assert NAME in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert NAME not in client.get(reverse("office:reveal", args=[code])).content.decode()
        assert client.post(act, {"act": "read"}).status_code == 409


@pytest.mark.parametrize("what", ["post", "answer"])
def test_a_sealed_author_of_the_agora_takes_two_people_too(
    client_factory, author, neighbour, office, second, what
):
    def sealed(write):
        return write(by=viewer_for(author), candour="sealed")

    if what == "post":
        thing = sealed(partial(agora.write_post, "question", "A breach", "So."))
    else:
        post = agora.write_post("question", "A breach", "So?", by=viewer_for(neighbour.person))
        thing = sealed(partial(agora.answer, post, "So."))
    first, other = client_factory(office), client_factory(second)
    asked = {"thing": f"https://house.example{thing.get_absolute_url()}#x", "reason": "A citizen"}
    first.post(reverse("office:reveals"), asked)
    reveal = Reveal.objects.get()
    act = reverse("office:reveal_act", args=[reveal.code])
    for attempt in ("read", "agree", "read"):  # alone
        answer = first.post(act, {"act": attempt})
        assert answer.status_code in {403, 409}
        assert NAME not in answer.content.decode()
    other.post(act, {"act": "agree"})
    assert NAME in first.post(act, {"act": "read"}).content.decode()

    assert [row.act for row in JournalRow.objects.filter(act__startswith="reveal.")] == [
        "reveal.ask", "reveal.agree", "reveal.read",
    ]  # fmt: skip
    tasks.mail_reveal.func(reveal.pk)
    assert "A breach" in mail.outbox[-1].body
    assert "A breach" in client_factory(author).get(reverse("my_reveals")).content.decode()
    for reader in (first, other, client_factory(neighbour.person)):
        shown = reader.get(thing.get_absolute_url(), follow=True).content.decode()
        assert "A breach" in shown
        assert NAME not in shown


@pytest.mark.parametrize("address", ["https://[", "/no/such/", "/agora/zzzzzzzzzz/", "a-breach"])
def test_an_address_that_leads_to_nothing_keeps_what_was_typed(client_factory, office, address):
    typed = {"thing": address, "reason": "Because"}
    answer = client_factory(office).post(reverse("office:reveals"), typed)
    assert answer.status_code == 422
    assert "Because" in answer.content.decode()
    assert not Reveal.objects.exists()


def test_one_person_alone_never_reads_it(client_factory, reveal, office):
    client = client_factory(office)
    act = reverse("office:reveal_act", args=[reveal.code])
    for what in ("read", "agree", "read"):
        answer = client.post(act, {"act": what})
        assert answer.status_code in {403, 409}
        assert NAME not in answer.content.decode()
    assert Reveal.objects.get().agreed_at is None


def test_the_same_person_never_agrees_to_her_own_question(reveal, office):
    with pytest.raises(Forbidden):
        acting.agree_to_reveal(reveal, by=viewer_for(office))


def test_the_database_too_refuses_one_person_twice(reveal):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Reveal.objects.filter(pk=reveal.pk).update(
            agreed_by=reveal.asked_by, agreed_at=timezone.now()
        )


def test_a_lapsed_question_is_never_agreed_to(reveal, second):
    Reveal.objects.update(lapses_at=timezone.now() - timezone.timedelta(seconds=1))
    with pytest.raises(Refused):
        agreed(reveal, second)


def test_the_day_for_reading_ends(reveal, office, second):
    agreed(reveal, second)
    Reveal.objects.update(agreed_at=timezone.now() - acting.OPEN - timezone.timedelta(seconds=1))
    for person in (office, second):
        with pytest.raises(Refused):
            acting.read_name(reveal, by=viewer_for(person))


def test_a_third_of_the_office_reads_nothing(reveal, second):
    agreed(reveal, second)
    with pytest.raises(Forbidden):
        acting.read_name(reveal, by=viewer_for(PersonFactory(is_office=True)))


def test_who_left_the_office_meanwhile_counts_no_more(reveal, office, second):
    Person.objects.filter(pk=office.pk).update(is_office=False)
    with pytest.raises(Refused):
        agreed(reveal, second)


def test_a_command_on_the_machine_is_nobody(entry, reveal):
    for verb in (
        lambda: acting.ask_reveal(entry, by=operator(), reason="x"),
        lambda: acting.agree_to_reveal(reveal, by=operator()),
        lambda: acting.read_name(reveal, by=operator()),
    ):
        with pytest.raises(Forbidden):
            verb()


@pytest.mark.parametrize("kind", ["is_curator", "is_expert"])
def test_curators_and_experts_neither_ask_nor_agree(client_factory, reveal, kind):
    client = client_factory(PersonFactory(**{kind: True}))
    assert client.get(reverse("office:reveals")).status_code == 404
    assert (
        client.post(reverse("office:reveal_act", args=[reveal.code]), {"act": "agree"}).status_code
        == 404
    )
    with pytest.raises(Forbidden):
        agreed(reveal, PersonFactory(**{kind: True}))


def test_an_author_of_the_office_does_not_decide_about_herself(office, second):
    entry = EntryFactory(audience="alliance", candour="sealed", author=second)
    reveal = acting.ask_reveal(entry, by=viewer_for(office), reason="x")
    with pytest.raises(Forbidden):
        agreed(reveal, second)
    with pytest.raises(Refused):
        acting.ask_reveal(entry, by=viewer_for(second), reason="x")


def test_what_hides_nobody_and_what_is_private_is_not_revealed(office, member):
    shown = EntryFactory(candour="person", author=member.person, city=member.city)
    with pytest.raises(Refused):
        acting.ask_reveal(shown, by=viewer_for(office), reason="x")
    private = EntryFactory(
        candour="sealed", audience="private", author=member.person, city=member.city
    )
    with pytest.raises(Forbidden):
        acting.ask_reveal(private, by=viewer_for(office), reason="x")


def test_without_a_reason_nothing_is_asked(client_factory, entry, office):
    answer = client_factory(office).post(
        reverse("office:reveals"), {"thing": entry.get_absolute_url(), "reason": " "}
    )
    assert answer.status_code == 422
    assert not Reveal.objects.exists()


def test_agreeing_and_reading_take_a_fresh_sign_in(client_factory, reveal, second):
    client = client_factory(second)
    session = client.session
    grow_stale(session)
    session.save()
    act = reverse("office:reveal_act", args=[reveal.code])
    assert client.post(act, {"act": "agree"}).url.startswith(reverse("people:confirm"))
    assert Reveal.objects.get().agreed_at is None


def test_the_author_sees_what_was_done_with_her_name_and_nobody_else_does(
    client_factory, reveal, author, office, second, neighbour
):
    mine = client_factory(author)
    assert (
        "A breach" not in mine.get(reverse("my_reveals")).content.decode()
    )  # not while it is only asked
    agreed(reveal, second)
    acting.read_name(reveal, by=viewer_for(office))
    page = mine.get(reverse("my_reveals")).content.decode()
    for told in (
        "A breach",
        "Personal data of a citizen",
        "Agreed that a sealed author is revealed",
        "Read the name",
    ):
        assert told in page
    assert second.name not in page
    assert office.name not in page
    for other in (neighbour.person, office):
        assert "A breach" not in client_factory(other).get(reverse("my_reveals")).content.decode()


def test_the_author_gets_a_mail_that_names_neither_of_the_two(reveal, author, office, second):
    agreed(reveal, second)
    tasks.mail_reveal.func(reveal.pk)
    (sent,) = mail.outbox
    assert sent.to == [author.email]
    for body in (sent.body, sent.alternatives[0][0]):
        assert "A breach" in body
        assert "Personal data of a citizen" in body
        assert reverse("my_reveals") in body
        assert "You get this because" in body
        for secret in (office.name, office.email, second.name, second.email):
            assert secret not in body


def test_hole_17_every_way_out_stays_sealed_after_a_reveal(
    client_factory, entry, reveal, author, office, second, neighbour
):
    agreed(reveal, second)
    acting.read_name(reveal, by=viewer_for(office))
    rows = list(JournalRow.objects.filter(act__startswith="reveal."))
    assert [row.act for row in rows] == ["reveal.ask", "reveal.agree", "reveal.read"]
    assert all(NAME not in str(row.facts) and str(author.pk) not in str(row.facts) for row in rows)
    for person in (office, second, neighbour.person):
        client = client_factory(person)
        addresses = [
            entry.get_absolute_url(), reverse("alex:entry_list"), reverse("front:home"),
            reverse("alex:entry_versions", args=[entry.slug]), reverse("alex:entry_jsonld", args=[entry.slug]),
            reverse("office:journal"), reverse("office:reveals"), reverse("office:reveal", args=[reveal.code]),
            reverse("office:journal_export", args=["json"]), reverse("office:journal_export", args=["csv"]),
        ]  # fmt: skip
        for address in addresses:
            assert NAME not in client.get(address).content.decode(), address
