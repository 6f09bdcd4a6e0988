"""Steps that several verbs share. They check nothing that their docstring does not say: the verbs did."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.candour import Candour, names_city
from house.access.viewer import VISITOR, Viewer
from house.agora import limits, telling
from house.agora.hiding import require_hidden
from house.agora.markup import html_of
from house.agora.models import Answer, Comment, Post, Revision, Said, moment_for
from house.ground.errors import Refused
from house.ground.text import clean, one_line
from house.people.models import Person
from house.retrieval import outbox
from house.vocabulary.models import City

Thing = TypeVar("Thing", bound=Said)


def lock(thing: Thing) -> Thing:
    """The same object as it stands now, held until the transaction ends."""
    # every row: the caller fetched it through its door
    found = type(thing)._base_manager.select_for_update(of=("self",))
    thing.refresh_from_db(from_queryset=found)
    return thing


def note_act(act: str, thing: Model, *, by: Viewer, reason: str = "", **facts: Any) -> None:
    """A row in the journal. Of who wrote the thing it keeps the side and not the person.

    Who reads the journal must not learn from it who said what is sealed.
    """
    if getattr(thing, "author_id", None) == by.person_id:
        journal.record(act, thing, by=VISITOR, reason=reason, facts={"side": "author", **facts})
    else:
        journal.record(act, thing, by=by, reason=reason, facts=facts)


def note_anonymously(act: str, thing: Model, **facts: Any) -> None:
    """That it was done, and not by whom: an appeal would name the author, a report the one who wrote it."""
    journal.record(act, thing, by=VISITOR, facts=facts)


def needed(text: str, sentence: str) -> str:
    """The text, or a refusal that says what it is needed for."""
    text = clean(text).strip()
    if not text:
        raise Refused(sentence)
    return text


def changed(post: Post) -> None:
    """Tell search, in this transaction."""
    outbox.touch("post", post.pk)


def person_of(by: Viewer) -> int:
    """Whoever was let in to act is somebody."""
    if by.person_id is None:
        raise Refused(_("This takes a person."), remedy=_("Sign in to go on."))
    return by.person_id


def writer(by: Viewer) -> Person:
    # every row: the writer herself
    return Person.objects.select_related("city").get(pk=by.person_id)


def city_of(person: Person, by: Viewer) -> City | None:
    """The city that she writes for: her own, where she sits in it, else one that she sits in."""
    if person.city_id in by.city_ids:
        return person.city
    # every row: one of the writer's own cities
    return City.objects.filter(pk__in=by.city_ids).order_by("pk").first()


def checked_title(value: str) -> str:
    title = one_line(value)
    if not title:
        raise Refused(_("There is no title."), remedy=_("Say in one line what it is about."))
    if len(title) > limits.TITLE:
        raise Refused(
            _("The title has %(found)s characters; %(most)s is the most.")
            % {"found": len(title), "most": limits.TITLE},
            remedy=_("Move what is long into the text."),
        )
    return title


def checked_body(value: str, *, most: int = limits.BODY) -> str:
    body = clean(value).strip()
    if not body:
        raise Refused(_("There is no text."), remedy=_("Write a sentence or two."))
    if len(body) > most:
        raise Refused(
            _("The text has %(found)s characters; %(most)s is the most.")
            % {"found": len(body), "most": most},
            remedy=_("Shorten it, or attach the long part as a file."),
        )
    return body


def word(thing: Said, body: str, *, candour: str, described_as: str = "") -> None:
    """Put text and naming into the columns; `shown_city` follows from them."""
    thing.body, thing.html = body, html_of(body)
    thing.candour = candour if candour in Candour.values else Candour.SEALED
    thing.described_as = one_line(described_as)[:120] if candour == Candour.DESCRIBED else ""
    thing.shown_city_id = thing.city_id if names_city(thing.candour) else None
    if thing.pk and thing.hides_city:
        telling.forget_city(thing)


def require_candid(thing: Said, *, text: str, language: str = "", despite: str = "") -> None:
    """Raises `GivesAway` or `TooNarrow` where the naming that was chosen would not hold."""
    require_hidden(
        text,
        author=thing.author,
        city=thing.city,
        candour=thing.candour,
        described_as=thing.described_as,
        language=language,
        despite=despite,
    )


def keep_wording(thing: Post | Answer | Comment) -> Revision:
    """The wording that is about to be replaced, as it was read and by whom."""
    post = thing if isinstance(thing, Post) else thing.post
    place: dict[str, Any] = {"post": post}
    if isinstance(thing, Answer):
        place["answer"] = thing
    if isinstance(thing, Comment):
        place["comment"] = thing
    whole = {"answer__isnull": "answer" not in place, "comment__isnull": "comment" not in place}
    # every row: numbers the wordings of one thing
    earlier = Revision.objects.filter(**place, **whole).count()
    return Revision.objects.create(
        **place,
        number=earlier + 1,
        title=thing.title if isinstance(thing, Post) else "",
        body=thing.body,
        candour=thing.candour,
        audience=post.audience,
        city_id=post.city_id,
        circle_id=post.circle_id,
        author_id=thing.author_id,
        ended_at=moment_for(thing.candour),
    )


def edited_now(thing: Said) -> None:
    thing.edited_at = moment_for(thing.candour, timezone.now())
