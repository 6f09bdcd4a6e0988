"""What a year of asking and answering taught: who wrote on a topic, and who did not answer like questions.

Words count whose authors signed them, through the reader's doors. That somebody did not answer is told
to nobody: it only makes room for others.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Count, F, Q

from house.access.candour import Candour
from house.access.viewer import Viewer
from house.agora.models import Answer, Post
from house.agora.models.routing import Invitation
from house.agora.routing.facts import Experience
from house.memory.deeds import written_on


def on_topics(
    topics: Collection[str], reader: Viewer, *, but: int | None = None
) -> dict[int, Experience]:
    """Person → how often she signed something on these; `but` is the post that is asked about."""
    if not topics:
        return {}
    signed = Answer.objects.visible_to(reader).filter(candour=Candour.PERSON, is_hidden=False)
    about = Post.objects.visible_to(reader).published().filter(topics__in=topics).exclude(pk=but)
    answers = signed.filter(post__in=about.values("pk")).order_by().values("author")
    is_accepted = Q(post__accepted=F("pk"))
    counted = {
        row["author"]: (row["solved"], row["number"] - row["solved"])
        for row in answers.annotate(number=Count("pk"), solved=Count("pk", filter=is_accepted))
    }
    authors = about.filter(candour=Candour.PERSON).order_by().values("author")
    asked = dict(authors.annotate(n=Count("pk", distinct=True)).values_list("author", "n"))
    entries = written_on(topics, reader)
    return {
        person: Experience(solved, answered + entries[person], asked.get(person, 0))
        for person in counted.keys() | asked.keys() | entries.keys()
        for solved, answered in (counted.get(person, (0, 0)),)
    }


def declined(about: Mapping[Post, float]) -> dict[int, float]:
    """Person → how much of what she was asked, and did not answer, is about the question."""
    # every row: of posts that came through the reader's door; a number that is shown to nobody
    unanswered = Invitation.objects.filter(
        post__in=list(about), state__in=[Invitation.State.DECLINED, Invitation.State.LAPSED]
    )
    much = {post.pk: score for post, score in about.items()}
    total: dict[int, float] = defaultdict(float)
    for post, person in unanswered.values_list("post", "person"):
        total[person] += much[post]
    return total
