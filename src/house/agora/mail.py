"""An answer by mail to a notice becomes an answer in the thread, named as its writer is named there."""

from house.access.viewer import Viewer
from house.agora import actions
from house.agora.models import Post
from house.agora.naming import naming_in
from house.ground.errors import Refused
from house.notices import answering


def answer(post: Post, viewer: Viewer, reply: answering.Reply) -> str:
    """Gives the path of the answer. What can't be said so waits in the thread's own form."""
    named = naming_in(post, viewer)
    try:
        said = actions.answer(post, reply.text, by=viewer, key=reply.key, **named)
        for file in reply.files:
            actions.attach_file(said, file, by=viewer)
    except Refused:
        actions.keep_unsent(f"answer:{post.code}", {"body": reply.text, **named}, by=viewer)
        raise
    return said.get_absolute_url()


def register() -> None:
    answering.register(answering.Door("agora.post", Post, answer))  # type: ignore[arg-type] -- of its model
