from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora import limits, telling
from house.agora.actions import steps
from house.agora.actions.mentions import mention
from house.agora.models import Kind, Post, State, moment_for
from house.ground.errors import Refused
from house.ground.text import clean, one_line
from house.partners import rights
from house.partners.models import Circle
from house.retrieval.languages import recognise
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic


@transaction.atomic
def write_post(
    kind: str,
    title: str,
    body: str,
    *,
    by: Viewer,
    language: str = "",
    topics: Iterable[str] = (),
    audience: str = Audience.ALLIANCE,
    circle: str = "",
    candour: str = Candour.CITY,
    described_as: str = "",
    despite: str = "",
) -> Post:
    """Write and publish in one step: for programs, mails and the demonstration."""
    post = start_post(kind, by=by)
    keep_post(
        post, title, body, by=by, language=language, topics=topics, audience=audience,
        circle=circle, candour=candour, described_as=described_as,
    )  # fmt: skip
    return publish_post(post, by=by, despite=despite)


@transaction.atomic
def start_post(kind: str, *, by: Viewer) -> Post:
    """A draft that only its author sees."""
    rights.require(by, "agora.write")
    if kind not in Kind.values:
        raise Refused(
            _("There is no such kind of post."),
            remedy=_("Choose one of: %(kinds)s.") % {"kinds": ", ".join(Kind.values)},
        )
    person = steps.writer(by)
    return Post.objects.create(
        kind=kind, author=person, city=steps.city_of(person, by), candour=Candour.SEALED
    )


@transaction.atomic
def keep_post(
    post: Post,
    title: str,
    body: str,
    *,
    by: Viewer,
    kind: str = "",
    language: str = "",
    topics: Iterable[str] = (),
    audience: str = Audience.ALLIANCE,
    circle: str = "",
    candour: str = Candour.CITY,
    described_as: str = "",
) -> Post:
    """Keep a draft as it was typed, finished or not. Nothing is judged but its length."""
    rights.require(by, "agora.write")
    allow(by, "edit", steps.lock(post))
    if not post.is_draft:
        raise Refused(_("This is published already."), remedy=_("Edit the published post."))
    post.kind = kind if kind in Kind.values else post.kind
    _put(post, title, body, language=language, candour=candour, described_as=described_as)
    _put_readers(post, audience, circle, by=by)
    post.save()
    _put_topics(post, topics)
    return post


@transaction.atomic
def publish_post(post: Post, *, by: Viewer, despite: str = "") -> Post:
    """Put it before its readers. Publishing twice changes nothing.

    `despite` is the digest of the warnings that the writer has seen (`hiding.GivesAway`).
    """
    rights.require(by, "agora.write")
    allow(by, "edit", steps.lock(post))
    if not post.is_draft:
        return post
    _require_whole(post)
    steps.require_candid(
        post, text=f"{post.title}\n{post.body}", language=post.language, despite=despite
    )
    post.state = State.OPEN
    post.published_at = moment_for(post.candour)
    post.save(update_fields=["state", "published_at"])
    mention(post, by=by)
    telling.tell_of_post(post, by=by)
    steps.changed(post)
    steps.note_act("agora.publish", post, by=by, kind=post.kind, audience=post.audience)
    return post


@transaction.atomic
def edit_post(
    post: Post,
    title: str,
    body: str,
    *,
    by: Viewer,
    language: str = "",
    topics: Iterable[str] = (),
    audience: str = "",
    circle: str = "",
    candour: str = "",
    described_as: str = "",
    despite: str = "",
) -> Post:
    """Change what is published; the earlier wording is kept in its history. What is empty stays as it is."""
    rights.require(by, "agora.write")
    allow(by, "edit", steps.lock(post))
    before = (post.title, post.body)
    earlier = None if post.is_draft else steps.keep_wording(post)
    _put(
        post, title, body, language=language or post.language, candour=candour or post.candour,
        described_as=described_as or post.described_as,
    )  # fmt: skip
    if audience:
        _put_readers(post, audience, circle, by=by)
    _require_whole(post)
    steps.require_candid(
        post, text=f"{post.title}\n{post.body}", language=post.language, despite=despite
    )
    if earlier and before == (post.title, post.body):
        earlier.delete()  # the words are the same: only who reads or how she is named has changed
    else:
        steps.edited_now(post)
        post.revision += 1
    _hide_moments(post)
    post.save()
    _put_topics(post, topics)
    mention(post, by=by)
    steps.changed(post)
    steps.note_act("agora.edit", post, by=by, audience=post.audience)
    return post


@transaction.atomic
def discard_post(post: Post, *, by: Viewer) -> None:
    """Throw a draft away. What was published is closed or taken back instead."""
    allow(by, "edit", steps.lock(post))
    if not post.is_draft:
        raise Refused(_("Others have read this."), remedy=_("Close it and say why."))
    post.delete()


def _put(
    post: Post, title: str, body: str, *, language: str, candour: str, described_as: str
) -> None:
    title, body = one_line(title), clean(body).strip()
    if len(title) > limits.TITLE:
        steps.checked_title(title)
    if len(body) > limits.BODY:
        steps.checked_body(body)
    post.title = title
    if language not in LANGUAGES:
        found = recognise(f"{title}\n{body}", fallback="en")
        language = found if found in LANGUAGES else "en"
    post.language = language
    steps.word(post, body, candour=candour, described_as=described_as)


def _put_readers(post: Post, audience: str, circle: str, *, by: Viewer) -> None:
    """Only readers that the writer may choose: her own city, and circles of hers."""
    if audience not in Audience.values:
        raise Refused(_("There is no such audience."))
    post.circle = None
    if audience == Audience.CIRCLE:
        # every row: narrowed to the writer's own circles
        post.circle = Circle.objects.filter(pk__in=by.circle_ids, pk=circle).first()
        if post.circle is None:
            raise Refused(_("This is no circle of yours."), remedy=_("Choose other readers."))
    if audience == Audience.CITY and post.city_id is None:
        raise Refused(_("You write for no city."), remedy=_("Choose other readers."))
    post.audience = audience


def _put_topics(post: Post, topics: Iterable[str]) -> None:
    chosen = list(dict.fromkeys(topics))
    if len(chosen) > limits.TOPICS:
        raise Refused(
            _("At most %(most)s topics fit one post.") % {"most": limits.TOPICS},
            remedy=_("Keep those that somebody would look for."),
        )
    post.topics.set(Topic.objects.filter(Q(pk__in=chosen)))


def _require_whole(post: Post) -> None:
    steps.checked_title(post.title)
    steps.checked_body(post.body)


def _hide_moments(post: Post) -> None:
    """An author who hides her city from now on leaves no hour behind either."""
    if post.published_at:
        post.published_at = moment_for(post.candour, post.published_at)
    if post.edited_at:
        post.edited_at = moment_for(post.candour, post.edited_at)
