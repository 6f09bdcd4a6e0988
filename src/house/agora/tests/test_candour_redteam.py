"""Nothing betrays an author who hides: each way out is tried as each kind of viewer.

The canaries are her name, her city's name, her address and the hour at which she wrote. `test_the_canary_sings`
shows that the same ways tell all of them where she does not hide: a test that finds nothing could find something.
"""

import datetime
import io
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.agora import actions
from house.agora.models import Answer, Comment, Post, Revision
from house.agora.search import documents
from house.notices.happenings import kind_of
from house.notices.models import Happening, Notice
from house.partners import activity
from house.partners.viewing import viewer_for
from house.people.export import archive_of
from house.people.tokens import issue_token
from house.retrieval import outbox
from house.retrieval.search import search, similar
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory
from tests.listed import listed

pytestmark = pytest.mark.django_db

NAME, CITY, HOUR = "Zzana Zzcanary", "Zzharbour", "03:17"
CANARIES = (NAME, CITY, "zzharbour", "zzana@zz.example", HOUR, "zzphoto")
WORD = "lighthouse"
AT = datetime.datetime(2026, 3, 4, 3, 17, 5, tzinfo=datetime.UTC)
VIEWERS = ("visitor", "associate", "neighbour", "colleague", "curator", "office", "author")


@pytest.fixture
def cast(member, neighbour, associate, curator, office):
    """Persons of every kind; the author's city has a name and a zone of its own."""
    city = member.city
    city.name, city.slug, city.time_zone = CITY, "zzharbour", "Pacific/Auckland"
    city.save()
    member.person.name, member.person.email = NAME, "zzana@zz.example"
    member.person.save()
    colleague = PersonFactory(city=city, name="A colleague")
    SeatFactory(partnership=member.seat.partnership, person=colleague)
    for code in ("far", "near", "wide"):  # so that a description can hold
        PartnershipFactory(city=CityFactory(code=code))
    return {
        "author": member.person, "neighbour": neighbour.person, "associate": associate.person,
        "colleague": colleague, "curator": curator, "office": office, "visitor": None,
    }  # fmt: skip


def photo():
    exif = Image.Exif()
    exif[0x013B] = NAME
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "teal").save(out, format="JPEG", exif=exif)
    return ContentFile(out.getvalue(), name="zzphoto-of-zzharbour.jpg")


@pytest.fixture
def told(cast, monkeypatch):
    """`told(candour)`: a thread in which the author asked, answered, commented, changed and attached."""

    def tell(candour):
        clock = [AT]
        monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
        named = {
            "candour": candour,
            "described_as": "A city in Europe" if candour == "described" else "",
        }
        by, other = viewer_for(cast["author"]), viewer_for(cast["neighbour"])
        post = actions.write_post(
            "question",
            f"The {WORD} question",
            f"About a {WORD}.",
            by=by,
            audience="public",
            **named,
        )
        actions.attach_file(post, photo(), by=by)
        clock[0] = AT.replace(hour=15, minute=4)  # the hour of another, who is named
        second = actions.write_post(
            "question", f"Another {WORD}", "Whose is it?", by=other, audience="public"
        )
        clock[0] = AT
        answer = actions.answer(second, f"A {WORD} answer.", by=by, **named)
        actions.attach_file(answer, photo(), by=by)
        comment = actions.comment(second, f"A {WORD} comment.", by=by, **named)
        actions.edit_post(post, post.title, f"About a {WORD}, changed.", by=by)
        actions.edit_said(answer, f"A {WORD} answer, changed.", by=by)
        actions.edit_said(comment, f"A {WORD} comment, changed.", by=by)
        clock[0] = AT.replace(hour=15, minute=9)
        actions.accept_answer(answer, by=other)
        monkeypatch.undo()
        outbox.drain()
        return post, second, answer, comment

    return tell


# -- The ways out, each gives the text that a viewer gets by it --------------------------------------


class Look:
    def __init__(self, client, person, thread):
        self.client, self.person = client, person
        self.post, self.second, self.answer, self.comment = thread
        self.viewer = viewer_for(person) if person else VISITOR
        self.headers = {"Authorization": f"Bearer {issue_token(person)}"} if person else {}

    def get(self, name, *args, api=False, **query):
        answered = self.client.get(
            reverse(name, args=args), query, headers=self.headers if api else {}
        )
        body = b"".join(answered.streaming_content) if answered.streaming else answered.content
        text = body.decode("utf-8", "replace") + json.dumps(dict(answered.headers))
        return _without_herself(text, self.person)


def _without_herself(text, person):
    """The page less its own frame: the name and city of who is signed in stand there for her alone."""
    return re.sub(r'<header class="masthead">.*?</header>', "", text, flags=re.DOTALL)


def pages(look):
    return look.get("agora:post", look.post.code) + look.get("agora:post", look.second.code)


def lists(look):
    return "".join(
        look.get("agora:post_list", **query)
        for query in ({}, {"first": "unanswered"}, {"city": "zzharbour"}, {"kind": "question"})
    )


def histories(look):
    return (
        look.get("agora:post_history", look.post.code)
        + look.get("agora:post_history", look.second.code, answer=look.answer.code)
        + look.get("agora:post_history", look.second.code, comment=look.comment.code)
    )


def files(look):
    codes = re.findall(r"/agora/files/(\w+)/\"", pages(look))
    return "".join(look.get("agora:file", code) for code in codes)


def found_pages(look):
    return look.get("front:search", q=WORD) + look.get(
        "front:ask", q=f"Who knows the {WORD} question?"
    )


def found_by_city(look):
    """What she hid is neither found nor counted under her city."""
    return look.get("front:search", q=WORD, city="zzharbour")


def near(look):
    first = look.post.__class__.objects.visible_to(look.viewer).get(pk=look.second.pk)
    things = similar(first, viewer=look.viewer)
    hits = search(WORD, viewer=look.viewer)
    return f"{[str(thing.credit()) for thing in things if isinstance(thing, Post)]}{hits.facets}"


def feed(look):
    return look.get("agora:post_feed")


def programs(look):
    return (
        look.get("api:posts", api=True)
        + look.get("api:post", look.post.code, api=True)
        + look.get("api:post_answers", look.second.code, api=True)
        + look.get("api:find", api=True, q=WORD)
        + look.get("api:posts", api=True, city="zzharbour")
    )


def notices(look):
    """What a notice or a digest would say, and why she would get it."""
    said = ""
    for happening in Happening.objects.filter(kind__startswith="agora."):
        told = kind_of(happening.kind).told([happening.thing], look.viewer)
        said += f"{told} {happening.city_id} {happening.thread}"
    return said + str(list(Notice.objects.filter(reason="city").values_list("person", flat=True)))


def index(look):
    """What stands in the index itself, whoever asks it."""
    return str([document.facets for document in documents([look.post.pk, look.second.pk])]) + str(
        [passage for document in documents([look.post.pk]) for passage in document.passages]
    )


def sitemap(look):
    return "\n".join(address for address in listed(look.client) if "/cities/" not in address)


def command(look):
    out = io.StringIO()
    call_command("search", WORD, stdout=out, **({"as": look.person.email} if look.person else {}))
    return out.getvalue()


def reports(look):
    if look.person is None or look.person == look.post.author:
        return ""
    return look.get("agora:report_new", look.post.code) + look.get(
        "agora:report_new", look.second.code, answer=look.answer.code
    )


def desk_signs(look):
    """When a city last gave a sign is told at the desk: the moment of a hidden post is none."""
    signs = activity.last_signs({look.post.city_id})
    return str([sign.at.isoformat() for sign in signs.values() if "Agora" in sign.what])


def exported(look):
    """Her own export tells a person nothing of others."""
    if look.person is None or look.person == look.post.author:
        return ""
    with archive_of(look.person) as archive:
        import zipfile

        with zipfile.ZipFile(archive) as parts:
            inside = {name: parts.read(name) for name in parts.namelist() if "agora" in name}
    return str(inside)


WAYS = (
    pages, lists, histories, files, found_pages, found_by_city, near, feed, programs, notices, index, sitemap,
    command, reports, desk_signs, exported,
)  # fmt: skip
# A filter that was asked for stands in the page's own address.
NAMES_CITY_ANYHOW = {
    "found_by_city": {CITY, "zzharbour"},
    "lists": {"zzharbour"},
    "programs": set(),
}


@pytest.mark.parametrize(
    ("candour", "who"),
    [*(("sealed", who) for who in VIEWERS), ("described", "visitor"), ("described", "neighbour")],
)
def test_hole_3_no_way_out_tells_the_author(client_factory, cast, told, candour, who):
    look = Look(client_factory(cast[who]), cast[who], told(candour))
    leaks = {}
    for way in WAYS:
        text = way(look)
        own = (
            {NAME, CITY, "zzharbour", "zzana@zz.example"}
            if who in {"author", "colleague"}
            else set()
        )
        allowed = NAMES_CITY_ANYHOW.get(way.__name__, set()) | (
            own if way in {files, exported} else set()
        )
        leaks |= {
            f"{way.__name__}: {canary}": text[max(0, text.find(canary) - 80) :][:200]
            for canary in CANARIES
            if canary in text and canary not in allowed
        }
    assert leaks == {}


def test_the_canary_sings_where_nobody_hides(client_factory, cast, told):
    look = Look(client_factory(cast["neighbour"]), cast["neighbour"], told("person"))

    sung = {way.__name__ for way in WAYS if any(canary in way(look) for canary in CANARIES)}
    assert sung == {  # neither the command nor somebody else's export names authors at all
        "pages", "lists", "histories", "files", "found_pages", "found_by_city", "near", "feed", "programs",
        "notices", "index", "reports", "desk_signs",
    }  # fmt: skip


def test_what_is_hidden_is_under_no_city(client_factory, cast, told):
    look = Look(client_factory(cast["neighbour"]), cast["neighbour"], told("sealed"))

    assert "The lighthouse question" in lists(look)
    assert "The lighthouse question" not in look.get("agora:post_list", city="zzharbour")
    assert "lighthouse" not in look.get("front:city", "zzharbour")
    assert (
        json.loads(
            look.client.get(
                reverse("api:posts"), {"city": "zzharbour"}, headers=look.headers
            ).content
        )["items"]
        == []
    )
    assert search(WORD, viewer=look.viewer).facets["city"] == [("city-bbb", 1)]


def test_no_moment_of_a_hidden_author_is_stored(cast, told):
    told("sealed")
    moments = [
        moment
        for model in (Post, Answer, Comment)
        for moment in model.objects.filter(author=cast["author"]).values_list(
            "published_at", "edited_at"
        )
    ]
    moments += [(each.ended_at,) for each in Revision.objects.all()]
    assert {(each.hour, each.minute, each.second) for row in moments for each in row if each} == {
        (0, 0, 0)
    }


def test_order_within_a_day_tells_nothing(cast, told, monkeypatch):
    """Three hidden answers of one day stand as their random codes say, whenever they were given."""
    _post, second, _answer, _comment = told("sealed")
    by = viewer_for(cast["author"])
    codes = [actions.answer(second, f"{n}.", by=by, candour="sealed").code for n in range(3)]

    shown = [a.code for a in Answer.objects.filter(code__in=codes).in_order()]
    assert shown == sorted(codes)


def test_the_journal_tells_not_who(cast, told):
    told("sealed")
    rows = JournalRow.objects.filter(act__startswith="agora.")
    hers = [row for row in rows if row.person_id == cast["author"].pk]
    assert hers == []
    assert NAME not in str([(row.reason, row.facts) for row in rows])


def test_hiding_later_takes_back_what_was_told(client_factory, cast, told):
    post, second, answer, comment = told("person")
    by = viewer_for(cast["author"])
    look = Look(
        client_factory(cast["neighbour"]), cast["neighbour"], (post, second, answer, comment)
    )
    assert CITY in pages(look)

    actions.edit_post(post, post.title, post.body, by=by, candour="sealed")
    actions.edit_said(answer, answer.body, by=by, candour="sealed")
    actions.edit_said(comment, comment.body, by=by, candour="sealed")
    outbox.drain()

    leaks = [
        (way.__name__, canary)
        for way in WAYS
        for canary in CANARIES
        if canary in way(look) and canary not in NAMES_CITY_ANYHOW.get(way.__name__, set())
    ]
    assert leaks == []


def test_who_follows_and_who_is_told_is_shown_nowhere(client_factory, cast, told):
    """She follows her own thread: neither a list nor a number says so."""
    post, *_rest = told("sealed")
    look = Look(client_factory(cast["colleague"]), cast["colleague"], (post, *_rest))
    before = look.get("agora:post", post.code)
    actions.unfollow_post(post, by=viewer_for(cast["author"]))
    assert _settled(look.get("agora:post", post.code)) == _settled(before)


def _settled(text):
    return re.sub(
        r'(csrfmiddlewaretoken" value|nonce)="[^"]*"|"x-[^}]*|[Ss]et-[Cc]ookie[^}]*', "", text
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("In Zzharbour we tried", "city"),
        ("in ZZHARBOUR'S centre", "city"),
        ("the Zzharbourian way", "city"),
        ("look at www.zzharbour.example/plan", "city"),
        ("in Zzhabour we tried", "city"),
        ("in Zzharbuor", "city"),
        ("my colleague A colleague said", "colleague"),
        ("Greetings, Zzana", "self"),
        ("write to me at hall@zz.example", "domain"),
        ("Regards, Zzcanary", "self"),
    ],
)
def test_a_text_that_gives_her_away_is_warned_of(cast, text, what):
    from house.agora.hiding import traces_in

    found = traces_in(text, author=cast["author"], city=cast["author"].city)
    assert what in {trace.what for trace in found}


@pytest.mark.parametrize(
    "text", ["We tried a harbour tax.", "An ordinary text about bicycles and canaries in town."]
)
def test_an_ordinary_text_is_not_warned_of(cast, text):
    from house.agora.hiding import traces_in

    assert traces_in(text, author=cast["author"], city=cast["author"].city) == []


def test_names_in_other_scripts_are_found(cast):
    from house.agora.hiding import traces_in

    city = cast["author"].city
    city.names = {"ko": "즈하버", "he": "זהרבור", "zh": "兹港"}
    for text in ("우리 즈하버에서는", "בזהרבור ניסינו", "在兹港，我们"):
        assert [trace.what for trace in traces_in(text, author=cast["author"], city=city)] == [
            "city"
        ]
