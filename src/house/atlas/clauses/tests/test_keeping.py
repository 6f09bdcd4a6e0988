"""Writing, publishing, correcting and watching rules."""

import datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from house.atlas.clauses import actions
from house.atlas.clauses.models import Clause, Correction, Version
from house.atlas.clauses.tests.conftest import facts
from house.ground.errors import Refused
from house.notices import fanning, following, rhythms
from house.notices.models import Notice
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, EntryFactory, PartnershipFactory, SeatFactory
from tests.together import at_once, needs_postgres

pytestmark = pytest.mark.django_db


def form_of(**told):
    return {
        "answer": "yes", "quote": "A licence is needed.", "quote_language": "en",
        "source_title": "By-law", "source_url": "https://example.org/law", "audience": "public", **told,
    }  # fmt: skip


def test_a_curator_writes_publishes_and_changes(client, curator, member):
    client.force_login(curator)
    new = (
        f"{reverse('clauses:new')}?city={member.city.slug}&field=short-term-rental&type=cap-nights"
    )
    wrong = client.post(new, form_of(quote=" ", source_url="javascript:alert(1)", valid_from="2022-01-01",
                                     valid_until="2021-01-01"))  # fmt: skip
    assert wrong.status_code == 422
    for told in (
        "Give the number",
        "begins with https",
        "It ends before it begins",
        "Please write something",
    ):
        assert told in wrong.text
    client.post(new, form_of(value="30", unit="nights a year"))
    clause = Clause.objects.get()
    assert client.get(clause.get_absolute_url()).status_code == 200
    client.post(reverse("clauses:act", args=[clause.code]), {"act": "publish"})
    edit = reverse("clauses:edit", args=[clause.code])
    client.post(edit, form_of(value="20", unit="nights a year", seen="1", why="Amended"))
    late = client.post(edit, form_of(value="10", unit="nights a year", seen="1"))
    assert late.status_code == 422
    assert "Somebody changed this rule" in late.text
    versions = Version.objects.order_by("number").values_list("value", "why", "audience")
    assert list(versions) == [(Decimal(30), "", "public"), (Decimal(20), "Amended", "public")]
    client.post(reverse("clauses:act", args=[clause.code]), {"act": "take_in"})
    client.force_login(member.person)
    assert client.get(clause.get_absolute_url()).status_code == 404


def test_a_no_keeps_no_number_and_the_same_again_makes_no_version(clause_of, by):
    clause = clause_of(kind="cap-nights", answer="no", value=Decimal(30), unit="nights")
    assert clause.current.value is None
    actions.change_clause(clause, facts(answer="no", value=Decimal(5)), by=by, why="", seen=1)
    assert Version.objects.count() == 1
    with pytest.raises(TypeError):
        clause.current.save()
    with pytest.raises(TypeError):
        Version.objects.update(note="x")


def test_who_watches_a_clause_is_told_of_a_change(clause_of, by, member, neighbour):
    clause = clause_of()
    for seated in (member, neighbour):
        following.follow(f"thread:{clause.thread}", by=viewer_for(seated.person))
    rhythms.keep_up()
    fanning.fan_out()
    Notice.objects.all().delete()
    actions.change_clause(clause, facts(answer="no"), by=by, why="", seen=1)
    fanning.fan_out()
    told = set(Notice.objects.values_list("person_id", "reason"))
    assert told == {(each.person.pk, "thread") for each in (member, neighbour)}


def test_watching_tells_nothing_of_what_was_closed(client, clause_of, by, member):
    clause = clause_of(note="zzruletold")
    following.follow(f"thread:{clause.thread}", by=viewer_for(member.person))
    actions.change_clause(clause, facts(note="zzruletold", answer="no"), by=by, why="", seen=1)
    rhythms.keep_up()
    fanning.fan_out()
    client.force_login(member.person)
    assert "Licence or registration" in client.get("/notices/").text
    actions.take_in_clause(clause, by=by)
    assert "Licence or registration" not in client.get("/notices/").text


def test_a_city_corrects_what_is_said_of_it(client, clause_of, member, neighbour, curator):
    clause = clause_of(member.city)
    where = reverse("clauses:correct", args=[member.city.slug, "short-term-rental", "licence"])
    client.force_login(neighbour.person)
    assert client.get(where).status_code == 403
    member.city.languages = ["nl", "en"]
    member.city.save()
    client.force_login(member.person)
    unknown = reverse("clauses:correct", args=[member.city.slug, "short-term-rental", "fee"])
    assert (
        '<option value="nl" selected>' in client.get(unknown).text
    )  # its laws are in its language
    assert client.post(where, form_of(answer="no")).status_code == 422  # why is missing
    told = form_of(answer="no", quote="No licence is needed any more.", why="Changed in 2024.")
    client.post(where, told)
    again = client.post(where, told)
    assert again.status_code == 422
    assert "waits for a decision" in again.text
    found = Correction.objects.get()
    decide = reverse("clauses:decide", args=[found.code])
    assert client.post(decide, {f"{found.code}-act": "accept"}).status_code == 404
    client.force_login(curator)
    assert client.post(decide, {f"{found.code}-act": "refuse"}).status_code == 422
    client.post(decide, {f"{found.code}-act": "accept", f"{found.code}-reason": "Thank you."})
    clause.refresh_from_db()
    assert (clause.current.answer, clause.current.number) == ("no", 2)
    assert clause.checked_by_id == curator.pk
    client.force_login(member.person)
    assert "Thank you." in client.get(reverse("clauses:corrections")).text
    assert client.get(clause.get_absolute_url()).text.count("timeline__when") == 2


def test_a_refusal_needs_its_reason_and_an_answer_where_none_was(member, by):
    viewer = viewer_for(member.person)
    key = {"city": member.city_id, "field": "for-hire", "type": "licence"}
    sent = actions.propose_correction(by=viewer, facts=facts(), why="It stands in the law.", **key)
    with pytest.raises(Refused):
        actions.refuse_correction(sent, by=by, reason=" ")
    with pytest.raises(PermissionDenied):
        actions.accept_correction(sent, by=viewer)
    made = actions.accept_correction(sent, by=by)
    assert (made.state, made.current.audience) == ("public", "public")
    with pytest.raises(Refused):
        actions.accept_correction(sent, by=by)


@needs_postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_corrections_of_one_rule_sent_at_once_one_waits():
    seat = SeatFactory(partnership=PartnershipFactory(city=CityFactory()))
    viewer, city = viewer_for(seat.person), seat.partnership.city_id

    def send():
        return actions.propose_correction(
            by=viewer, city=city, field="for-hire", type="licence", facts=facts(), why="Look."
        )

    said = at_once(*[send] * 8)
    assert sum(isinstance(each, Correction) for each in said) == 1
    assert [str(each) for each in said if isinstance(each, Refused)] == [
        "Your city has sent a correction of this rule that waits for a decision."
    ] * 7


def test_candidates_of_a_text_become_drafts_of_a_curator_and_nothing_more(client, curator, member):
    client.force_login(curator)
    told = {
        "field": "short-term-rental", "city": member.city.slug, "quote_language": "en",
        "text": "A host may let for no more than 90 nights a year. The fine is $500 per day.",
        "source_title": "By-law", "source_url": "https://example.org/law",
    }  # fmt: skip
    page = client.post(reverse("clauses:find"), {**told, "act": "look"}).text
    assert "for no more than 90 nights a year." in page
    assert not Clause.objects.exists()
    client.post(reverse("clauses:find"), {**told, "act": "keep", "pick": ["fine", "licence"]})
    clause = Clause.objects.get()
    assert (clause.type, clause.state, clause.current.value) == ("fine", "draft", Decimal(500))
    assert clause.current.quote == "The fine is $500 per day."
    assert "Rules" in client.get(reverse("clauses:curate")).text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "a\r\nBcc: x@example.org", "שלום \u202e evil", "z" * 2_000_000],
)
def test_bad_input_gives_an_error_or_is_shown_as_text(client, curator, member, hostile):
    client.force_login(curator)
    new = f"{reverse('clauses:new')}?city={member.city.slug}&field=short-term-rental&type=licence"
    response = client.post(new, form_of(quote=hostile, note=hostile[:400]))
    if len(hostile) > 3000:
        assert response.status_code in {400, 413, 422}
        return
    clause = Clause.objects.get()
    page = client.get(clause.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\n" not in clause.current.note


def test_the_entry_behind_a_rule_may_be_said_as_any_browser_copies_it(
    client, curator, member, settings
):
    entry = EntryFactory(
        title="서울 주인이 사는 집의 방을 빌려주는 일에 관한 규칙과 그 결과를 적은 글 하나"
    )
    path = entry.get_absolute_url()  # percent-encoded: two hundred letters and more
    assert len(path) > 200
    client.force_login(curator)
    new = f"{reverse('clauses:new')}?city={member.city.slug}&field=short-term-rental&type=licence"
    for strange in (
        "https://elsewhere.example" + path,
        "/agora/",
        "//x",
        "/alex/",
        "javascript:alert(1)",
    ):
        answer = client.post(new, form_of(entry_url=strange))
        assert answer.status_code == 422
        assert "no address of an entry" in answer.text

    client.post(new, form_of(entry_url=settings.BASE_URL + unquote(path)))
    clause = Clause.objects.get()
    assert clause.current.entry_url == path
    edit = reverse("clauses:edit", args=[clause.code])
    assert f'value="{path}"' in client.get(edit).text
    client.post(edit, form_of(entry_url=path, note="As before", seen="1"))
    clause.refresh_from_db()
    assert (clause.current.number, clause.current.entry_url) == (2, path)


def test_days_are_kept_as_days(clause_of):
    day = datetime.date(2028, 11, 1)
    assert clause_of(kind="sunset", day=day).current.day == day
