"""Open questions that somebody could answer: what her digest begins with."""

from collections.abc import Sequence

from django.db.models import JSONField, Subquery

from house.access.viewer import Viewer
from house.agora.models import Answer, Kind, Post, State
from house.agora.models.routing import Invitation
from house.agora.telling import credited
from house.ground.text import shorten
from house.notices import happenings
from house.notices.happenings import Told
from house.people.models import Person

_LOOKED_AT = 20


def questions_for(viewer: Viewer, most: int) -> Sequence[Told]:
    """On her topics, in a language of hers, what nobody answered first; none that she asked or answered.

    One query. Who may not answer is asked nothing.
    """
    if viewer.person_id is None or not viewer.can("agora.write"):
        return []
    # every row: her own topics and languages
    her = Person.objects.filter(pk=viewer.person_id)
    posts = (
        Post.objects.visible_to(viewer)
        .published()
        .filter(kind__in=[Kind.QUESTION, Kind.CALL], state=State.OPEN, accepted=None)
        .filter(topics__in=her.values("topics"))
        .exclude(author=viewer.person_id)
        # every row: her own answers, to leave out what she said something to
        .exclude(pk__in=Answer.objects.filter(author=viewer.person_id).values("post"))
        # every row: what she was asked in person stands in a mail of its own
        .exclude(pk__in=Invitation.objects.filter(person=viewer.person_id).values("post"))
        .annotate(hers=Subquery(her.values("languages")[:1], output_field=JSONField()))
        .select_related("author", "city")
        .with_counts()
        .unanswered_first()
        .distinct()
    )
    fitting = [post for post in posts[:_LOOKED_AT] if not post.hers or post.language in post.hers]
    return [
        Told(
            title=post.title,
            url=post.get_absolute_url(),
            line=shorten(post.body, 200),
            credit=credited(post),
            language=post.language,
        )
        for post in fitting[:most]
    ]


def register() -> None:
    happenings.register_answerable(questions_for)
