from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from house.access.candour import Candour
from house.access.doors import allow
from house.access.viewer import Viewer
from house.agora import limits, telling
from house.agora.actions import remembering, steps
from house.agora.actions.mentions import mention
from house.agora.models import Answer, Comment, Helped, Post, State, moment_for
from house.agora.routing import moving
from house.ground.errors import Refused
from house.partners import rights


@transaction.atomic
def answer(
    post: Post,
    body: str,
    *,
    by: Viewer,
    candour: str = Candour.PERSON,
    described_as: str = "",
    despite: str = "",
    key: str = "",
) -> Answer:
    """Answer a post. What comes twice with one `key` (a mail, a program's retry) is said once."""
    rights.require(by, "agora.write")
    allow(by, "answer", steps.lock(post))
    if key and (kept := _sent_before(post, by, key)):
        return kept
    said = _say(
        Answer(post=post, key=f"{by.person_id}:{key}"[:200] if key else None),
        steps.checked_body(body), by=by, candour=candour, described_as=described_as, despite=despite,
    )  # fmt: skip
    mention(said, by=by)
    telling.tell_of_answer(said, by=by)
    moving.note_answer(said)
    steps.changed(post)
    steps.note_act("agora.answer", said, by=by, post=post.code)
    return said


@transaction.atomic
def comment(
    post: Post,
    body: str,
    *,
    by: Viewer,
    answer: Answer | None = None,
    candour: str = Candour.PERSON,
    described_as: str = "",
    despite: str = "",
) -> Comment:
    """A remark on the post or on one of its answers."""
    rights.require(by, "agora.write")
    allow(by, "answer", steps.lock(post))
    if answer is not None:
        allow(by, "comment", answer)
    said = _say(
        Comment(post=post, answer=answer),
        steps.checked_body(body, most=limits.COMMENT),
        by=by, candour=candour, described_as=described_as, despite=despite,
    )  # fmt: skip
    mention(said, by=by)
    telling.tell_of_comment(said, by=by)
    steps.changed(post)
    steps.note_act("agora.comment", said, by=by, post=post.code)
    return said


@transaction.atomic
def edit_said(
    thing: Answer | Comment,
    body: str,
    *,
    by: Viewer,
    candour: str = "",
    described_as: str = "",
    despite: str = "",
) -> Answer | Comment:
    """Change an answer or a comment; the earlier wording is kept in its history."""
    rights.require(by, "agora.write")
    allow(by, "edit", steps.lock(thing))
    body = steps.checked_body(
        body, most=limits.BODY if isinstance(thing, Answer) else limits.COMMENT
    )
    if body != thing.body:
        steps.keep_wording(thing)
    is_new = body != thing.body
    steps.word(
        thing, body, candour=candour or thing.candour,
        described_as=described_as or thing.described_as,
    )  # fmt: skip
    steps.require_candid(thing, text=body, despite=despite)
    if is_new:
        steps.edited_now(thing)
    thing.published_at = moment_for(thing.candour, thing.published_at)
    thing.save()
    mention(thing, by=by)
    steps.changed(thing.post)
    steps.note_act("agora.edit", thing, by=by, post=thing.post.code)
    return thing


@transaction.atomic
def accept_answer(answer: Answer, *, by: Viewer) -> Post:
    """The asker says that this answer solved it. Another one may be accepted later instead."""
    rights.require(by, "agora.write")
    post = steps.lock(answer.post)
    allow(by, "accept", post)
    if answer.is_hidden or post.state not in {State.OPEN, State.SOLVED, State.CLOSED}:
        raise Refused(_("This answer can't be accepted."), remedy=_("Choose another one."))
    if post.accepted_id == answer.pk:
        return post
    post.accepted, post.state = answer, State.SOLVED
    post.save(update_fields=["accepted", "state"])
    telling.tell_of_acceptance(answer, by=by)
    remembering.propose_on_acceptance(answer, by=by)
    steps.changed(post)
    steps.note_act("agora.accept", post, by=by, answer=answer.code)
    return post


@transaction.atomic
def take_acceptance_back(post: Post, *, by: Viewer) -> Post:
    allow(by, "accept", steps.lock(post))
    if post.accepted_id is not None:
        post.accepted, post.state = None, State.OPEN
        post.save(update_fields=["accepted", "state"])
        remembering.drop_open_offers(post, by=by)
        steps.changed(post)
        steps.note_act("agora.unaccept", post, by=by)
    return post


@transaction.atomic
def say_it_helped(
    post: Post, body: str, *, by: Viewer, answer: Answer | None = None, is_named: bool = True
) -> Helped:
    """What changed in the writer's city. Once for a city, under its name; said again it changes."""
    rights.require(by, "agora.write")
    post = steps.lock(post)
    if post.is_draft or post.is_hidden:
        raise Refused(_("Nobody can have read this yet."))
    person = steps.writer(by)
    city = steps.city_of(person, by)
    if city is None:
        raise Refused(
            _("A partner city says here what it made of it."),
            remedy=_("Write a comment instead."),
        )
    body = steps.checked_body(body, most=limits.COMMENT)
    # every row: whether this city has said so, which its own people see on the page
    found = Helped.objects.filter(post=post, city=city).first()
    helped = found or Helped(post=post, city=city, author=person)
    if found and found.author_id != person.pk:
        raise Refused(
            _("Your city has said so already."),
            remedy=_("Ask your colleague to add what changed since."),
        )
    helped.answer = answer
    steps.word(helped, body, candour=Candour.PERSON if is_named else Candour.CITY)
    helped.published_at = helped.published_at or moment_for(helped.candour)
    helped.save()
    telling.tell_of_help(helped, by=by)
    steps.changed(post)
    steps.note_act("agora.helped", helped, by=by, post=post.code)
    return helped


def _sent_before(post: Post, by: Viewer, key: str) -> Answer | None:
    # every row: the writer's own answer
    mine = Answer.objects.filter(post=post, author_id=by.person_id)
    return mine.filter(key=f"{by.person_id}:{key}"[:200]).first()


def _say(said: Any, body: str, *, by: Viewer, candour: str, described_as: str, despite: str) -> Any:
    person = steps.writer(by)
    said.author, said.city = person, steps.city_of(person, by)
    steps.word(said, body, candour=candour, described_as=described_as)
    steps.require_candid(said, text=body, despite=despite)
    said.published_at = moment_for(said.candour)
    said.save()
    return said
