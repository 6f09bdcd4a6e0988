"""What was said in a thread, for who quotes it elsewhere: only with the consent of whose words they are."""

from collections.abc import Mapping
from typing import Any

from house.access.candour import Candour, names_city, told_now
from house.access.viewer import Viewer
from house.agora.memory import ANSWER, POST
from house.agora.models import Answer, Kind, Post
from house.agora.telling import credited
from house.ground.html import to_text
from house.memory.sayings import Saying, register
from house.memory.tellers import agreed


def of_post(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    posts = Post.objects.visible_to(viewer).published().select_related("author", "city")
    post = posts.filter(code=arguments["code"], is_hidden=False).first()
    return _saying(post, post, agreed(POST, [post.pk])) if post else None


def of_answer(arguments: Mapping[str, Any], viewer: Viewer) -> Saying | None:
    answers = Answer.objects.visible_to(viewer).select_related("author", "city", "post__author")
    answer = answers.filter(
        code=arguments["answer"],
        is_hidden=False,
        post__code=arguments["code"],
        post__is_hidden=False,
    ).first()
    if answer is None:
        return None
    gave = agreed(ANSWER, [answer.pk]).get(answer.pk, set())
    gave |= agreed(POST, [answer.post_id]).get(answer.post_id, set())
    return _saying(answer, answer.post, {answer.pk: gave})


def _saying(said: Post | Answer, post: Post, gave: dict[int, set[int]]) -> Saying:
    candour = told_now(said.candour, is_former=said.author.is_former)
    agreed_to_post = gave if said is post else agreed(POST, [post.pk])
    return Saying(
        title=post.title if tells_title(post, agreed_to_post) else "",
        url=said.get_absolute_url(),
        texts=(to_text(said.html),),
        credit=credited(said),
        is_hidden=not names_city(candour),
        names_persons=candour == Candour.PERSON,
        is_willing=said.author_id in gave.get(said.pk, set()),
    )


def tells_title(post: Post, gave: dict[int, set[int]]) -> bool:
    """That something was solved is told of every thread that its reader sees; a success by consent only."""
    is_told = post.kind != Kind.SUCCESS or post.author_id in gave.get(post.pk, set())
    return is_told and not post.author.is_former


def tell() -> None:
    register("agora:post", of_post)
    register("agora:answer", of_answer)
