"""What is told of this room, to whom, and in which words: by candour, through the door of each receiver."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.agora.models import Answer, Case, Comment, Helped, Kind, Mention, Post, Said
from house.ground.html import to_text
from house.ground.text import one_line, shorten
from house.notices import happenings
from house.notices.happenings import Reason, Told
from house.notices.models import Happening, Notice

NAMES = {
    Kind.QUESTION: "agora.asked",
    Kind.STRUGGLE: "agora.struggle",
    Kind.SUCCESS: "agora.success",
    Kind.CALL: "agora.call",
}


def tell_of_post(post: Post, *, by: Viewer) -> None:
    name = NAMES[Kind(post.kind)]
    happenings.follow(post.author_id, f"thread:{post.thread}")
    happenings.tell(name, post, key=f"{name}:{post.code}", by=by, **_about(post, post))


def tell_of_answer(answer: Answer, *, by: Viewer) -> None:
    post = answer.post
    happenings.follow(answer.author_id, f"thread:{post.thread}")
    happenings.tell(
        "agora.answered",
        answer,
        key=f"agora.answered:{answer.code}",
        by=by,
        to={post.author_id: Reason.OWN},
        **_about(post, answer),
    )


def tell_of_comment(comment: Comment, *, by: Viewer) -> None:
    post = comment.post
    happenings.follow(comment.author_id, f"thread:{post.thread}")
    whose = comment.answer.author_id if comment.answer else post.author_id
    happenings.tell(
        "agora.commented",
        comment,
        key=f"agora.commented:{comment.code}",
        by=by,
        to={whose: Reason.OWN},
        **_about(post, comment),
    )


def tell_of_acceptance(answer: Answer, *, by: Viewer) -> None:
    happenings.tell(
        "agora.accepted",
        answer,
        key=f"agora.accepted:{answer.code}",
        by=by,
        to={answer.author_id: Reason.HELPED},
        **_about(answer.post, answer),
    )


def tell_of_help(helped: Helped, *, by: Viewer) -> None:
    post = helped.post
    to = {post.author_id: Reason.OWN}
    if helped.answer:
        to[helped.answer.author_id] = Reason.HELPED
    happenings.tell(
        "agora.helped",
        helped,
        key=f"agora.helped:{helped.code}",
        by=by,
        to=to,
        **_about(post, helped),
    )


def tell_of_mention(mention: Mention, thing: Said, *, by: Viewer) -> None:
    happenings.tell(
        "agora.mentioned",
        mention,
        key=f"agora.mentioned:{mention.pk}",
        by=by,
        to={mention.person_id: Reason.NAMED},
        is_direct=True,
    )


def forget_city(thing: Said) -> None:
    """Its author hides her city from now on: neither a notice nor its reason may go on telling it."""
    # every row: what was told of this one thing
    told = Happening.objects.filter(kind__in=names_of(thing), thing=thing.pk, city__isnull=False)
    # every row: as above
    Notice.objects.filter(happening__in=told, reason=Reason.CITY).delete()
    told.update(city=None)


def names_of(thing: Said) -> tuple[str, ...]:
    """The kinds of happening that have this thing as theirs."""
    if isinstance(thing, Post):
        return tuple(NAMES.values())
    return (
        ("agora.answered", "agora.accepted") if isinstance(thing, Answer) else ("agora.commented",)
    )


def _about(post: Post, thing: Said) -> dict:  # type: ignore[type-arg] -- arguments of `tell`
    return {
        "topics": [topic.pk for topic in post.topics.all()],
        # Never `city`: who follows it would learn whose the hidden words are.
        "city": thing.shown_city_id,
        "thread": post.thread,
    }


def credited(thing: Said) -> str:
    credit = thing.credit()
    # A name that turns the line around would change what stands beside it.
    return one_line(", ".join(part for part in (credit.name, credit.city) if part))


def _post_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    posts = Post.objects.visible_to(viewer).published().filter(pk__in=pks)
    return {
        post.pk: Told(
            title=post.title,
            url=post.get_absolute_url(),
            line=shorten(to_text(post.html), 200),
            credit=credited(post),
            language=post.language,
        )
        for post in posts.select_related("author", "city")
    }


def _said_told(model: type[Said], pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """In a thread: titled as its post. What is out of sight is told to nobody, its author included."""
    found = (
        model.objects.visible_to(viewer)
        .filter(pk__in=pks, is_hidden=False, post__is_hidden=False)
        .select_related("author", "city", "post")
    )
    return {
        thing.pk: Told(
            title=thing.post.title,
            url=thing.get_absolute_url()
            if isinstance(thing, Answer | Comment)
            else f"{thing.post.get_absolute_url()}#{thing.anchor}",
            line=shorten(to_text(thing.html), 200),
            credit=credited(thing),
            language=thing.post.language,
        )
        for thing in found
    }


def _answer_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return _said_told(Answer, pks, viewer)


def _comment_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return _said_told(Comment, pks, viewer)


def _helped_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    return _said_told(Helped, pks, viewer)


def _mention_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    mentions = list(
        Mention.objects.visible_to(viewer)
        .filter(pk__in=pks, post__in=Post.objects.visible_to(viewer).published())
        .select_related("answer", "comment", "post")
    )
    of_post = _post_told([m.post_id for m in mentions], viewer)
    of_answer = _answer_told([m.answer_id for m in mentions if m.answer_id], viewer)
    of_comment = _comment_told([m.comment_id for m in mentions if m.comment_id], viewer)
    found = {
        m.pk: of_comment.get(m.comment_id)
        if m.comment_id
        else of_answer.get(m.answer_id)
        if m.answer_id
        else of_post.get(m.post_id)
        for m in mentions
    }
    return {pk: told for pk, told in found.items() if told is not None}


def _case_told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, Told]:
    """To the author of what was decided about; the reason stands on the case's page."""
    cases = Case.objects.visible_to(viewer).filter(pk__in=pks).select_related("post")
    return {
        case.pk: Told(
            title=case.post.title,
            url=reverse("agora:case", args=[case.code]),
            line=str(case.get_state_display()),
            language=case.post.language,
        )
        for case in cases.select_related("answer", "comment", "helped")
        if case.thing.author_id == viewer.person_id
    }


def register() -> None:
    for name, label, model, section, told in (
        ("agora.asked", gettext_lazy("A question"), Post, "questions", _post_told),
        ("agora.struggle", gettext_lazy("A struggle"), Post, "questions", _post_told),
        ("agora.call", gettext_lazy("A call for partners"), Post, "questions", _post_told),
        ("agora.success", gettext_lazy("A success"), Post, "successes", _post_told),
        ("agora.answered", gettext_lazy("An answer"), Answer, "answers", _answer_told),
        ("agora.accepted", gettext_lazy("An accepted answer"), Answer, "answers", _answer_told),
        ("agora.commented", gettext_lazy("A comment"), Comment, "answers", _comment_told),
        ("agora.mentioned", gettext_lazy("Somebody named you"), Mention, "answers", _mention_told),
        ("agora.helped", gettext_lazy("It helped a city"), Helped, "successes", _helped_told),
        ("agora.moderated", gettext_lazy("A moderator's decision"), Case, "answers", _case_told),
    ):
        happenings.register(happenings.Kind(name, label, model, "agora.read", section, told))
