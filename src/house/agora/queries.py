"""Questions about threads that are too long for a queryset. Each begins at the door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from house.access.viewer import Viewer
from house.agora.access import SaidPolicy
from house.agora.models import Answer, Attachment, Case, Comment, Helped, Kind, Post, Report, State
from house.agora.models.post import PostQuerySet
from house.agora.models.said import SaidQuerySet
from house.notices.models import Subscription
from house.vocabulary.likeness import by_likeness
from house.vocabulary.models import City, Topic

ANSWERS = 20  # on one page of a thread
COMMENTS = 50
LISTED = 20
FILTERS = ("kind", "state", "topic", "city", "language")


@dataclass(slots=True)
class Said:
    """One answer with what hangs on it."""

    answer: Answer
    comments: list[Comment] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    helped: list[Helped] = field(default_factory=list)
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """One page of a thread, in a number of queries that does not grow with it."""

    post: Post
    page: Page
    said: list[Said]
    comments: list[Comment]
    files: list[Attachment]
    helped: list[Helped]
    earlier: int
    earlier_from: str
    duplicates: int


def thread_of(post: Post, viewer: Viewer, *, number: int = 1, since: str = "") -> Thread:
    """Of the comments on the post itself the last ones, and from the one with the code `since` on."""
    ordered = _accepted_first(_said_to(post, Answer, viewer).for_thread(), post)
    page = Paginator(ordered, ANSWERS).get_page(number)
    shown = list(page.object_list)
    for answer in shown:
        answer.post = post  # its address reads it
    comments = list(
        Comment.objects.visible_to(viewer)
        .filter(Q(post=post, answer=None) | Q(answer__in=shown))
        .for_thread()
    )
    files = Attachment.objects.visible_to(viewer).filter(
        Q(post=post, answer=None) | Q(answer__in=shown)
    )
    helped = list(_said_to(post, Helped, viewer).for_thread())
    said = {answer.pk: Said(answer, is_accepted=answer.pk == post.accepted_id) for answer in shown}
    own: list[Comment] = []
    for comment in comments:
        (said[comment.answer_id].comments if comment.answer_id in said else own).append(comment)
    on_post: list[Attachment] = []
    for file in files:
        (said[file.answer_id].files if file.answer_id in said else on_post).append(file)
    for each in helped:
        if each.answer_id in said:
            said[each.answer_id].helped.append(each)
    _lead_to_cases([post, *shown, *comments], viewer)
    first = _first_shown(own, since)
    return Thread(
        post=post, page=page, said=list(said.values()), comments=own[first:], files=on_post,
        helped=helped, earlier=first, earlier_from=own[max(first - COMMENTS, 0)].code if first else "",
        duplicates=Post.objects.visible_to(viewer).filter(merged_into=post).count(),
    )  # fmt: skip


def _lead_to_cases(said: Iterable[Post | Answer | Comment], viewer: Viewer) -> None:
    """From what is out of sight to why, and to where its author appeals. A query only where something is."""
    hidden = {(type(each), each.pk): each for each in said if each.is_hidden}
    if not hidden:
        return
    pks = {model: [pk for one, pk in hidden if one is model] for model in (Post, Answer, Comment)}
    about_post = Q(post__in=pks[Post], answer=None, comment=None, helped=None)
    about = about_post | Q(answer__in=pks[Answer]) | Q(comment__in=pks[Comment])
    cases = Case.objects.visible_to(viewer).filter(about)
    for case in cases.select_related("post", "answer", "comment"):  # the newest last
        hidden[type(case.thing), case.thing.pk].case_code = case.code


def _said_to(post: Post, model: type[Answer | Helped], viewer: Viewer) -> SaidQuerySet:
    """What she sees of it. The post came through its own door, which is not asked again.

    Comments and files are asked for at the door: after a merge theirs may be another post's.
    """
    # every row: narrowed by the rule that the door adds for what is said within
    return model.objects.filter(SaidPolicy().seen_in_thread(viewer), post=post)


def _first_shown(comments: Sequence[Comment], since: str) -> int:
    """Where the page begins. A code that she may not see, or of no comment here, changes nothing."""
    usual = max(len(comments) - COMMENTS, 0)
    places = (place for place, comment in enumerate(comments) if since and comment.code == since)
    return min(usual, next(places, usual))


def _accepted_first(answers: SaidQuerySet, post: Post) -> SaidQuerySet:
    is_it = ExpressionWrapper(Q(pk=post.accepted_id or 0), output_field=BooleanField())
    return answers.annotate(is_it=is_it).order_by("-is_it", "published_at", "code")


def page_of_answer(answer: Answer, viewer: Viewer) -> int:
    """On which page of its thread it stands."""
    ordered = _accepted_first(
        Answer.objects.visible_to(viewer).filter(post=answer.post), answer.post
    )
    codes = list(ordered.values_list("code", flat=True))
    return 1 + codes.index(answer.code) // ANSWERS if answer.code in codes else 1


@dataclass(frozen=True, slots=True)
class Listing:
    page: Page
    kinds: list[tuple[str, str, int]]
    topics: list[tuple[Topic, int]]
    cities: list[tuple[City, int]]
    languages: list[tuple[str, int]]
    unanswered: int


def listing(viewer: Viewer, chosen: dict[str, str], *, number: int, first: str) -> Listing:
    """What she may read, filtered; the numbers beside the filters are counted behind the door."""
    readable = Post.objects.visible_to(viewer).published()
    found = filtered(readable, chosen).for_cards()
    ordered = found.unanswered_first() if first == "unanswered" else found.newest_first()
    if first == "alike":
        ordered = by_likeness(ordered, "shown_city", viewer)
    counts = dict(readable.order_by().values_list("kind").annotate(Count("pk")))
    return Listing(
        page=Paginator(ordered, LISTED).get_page(number),
        kinds=[(kind, str(label), counts.get(kind, 0)) for kind, label in Kind.choices],
        topics=_topics(readable, viewer),
        cities=_cities(readable, viewer),
        languages=sorted(
            readable.order_by().values_list("language").annotate(Count("pk")),
            key=lambda row: -row[1],
        ),
        unanswered=readable.filter(state=State.OPEN).with_counts().filter(answer_count=0).count(),
    )


def filtered(posts: PostQuerySet, chosen: dict[str, str]) -> PostQuerySet:
    """By columns that may be told: a city finds only what is shown as that city's."""
    columns = {
        "kind": "kind", "state": "state", "topic": "topics__pk", "city": "shown_city__slug",
        "language": "language",
    }  # fmt: skip
    for name, column in columns.items():
        if chosen.get(name):
            posts = posts.filter(**{column: chosen[name]})
    return posts


def _topics(readable: PostQuerySet, viewer: Viewer) -> list[tuple[Topic, int]]:
    rows = readable.order_by().values("topics").annotate(posts=Count("pk", distinct=True))
    most = _most((row["topics"], row["posts"]) for row in rows)
    topics = Topic.objects.visible_to(viewer).in_bulk([pk for pk, _count in most])
    return [(topics[pk], count) for pk, count in most if pk in topics]


def _cities(readable: PostQuerySet, viewer: Viewer) -> list[tuple[City, int]]:
    rows = readable.order_by().values("shown_city").annotate(posts=Count("pk"))
    most = _most((row["shown_city"], row["posts"]) for row in rows)
    cities = City.objects.visible_to(viewer).in_bulk([pk for pk, _count in most])
    return [(cities[pk], count) for pk, count in most if pk in cities]


def _most(rows: Iterable[tuple[str | None, int]], limit: int = 14) -> Sequence[tuple[str, int]]:
    named = [(key, count) for key, count in rows if key]
    return sorted(named, key=lambda row: (-row[1], row[0]))[:limit]


def follows(post: Post, viewer: Viewer) -> str:
    """Is it "follow", "mute" or nothing? Told to herself alone."""
    # every row: the viewer's own
    own = Subscription.objects.filter(person=viewer.person_id, target=f"thread:{post.thread}")
    muted = own.values_list("is_muted", flat=True).first()
    return "" if muted is None else "mute" if muted else "follow"


def waiting_cases(viewer: Viewer) -> list[tuple[Case, int]]:
    """Reports and appeals that this moderator may decide, the longest waiting first, with their reports."""
    open_cases = (
        Case.objects.visible_to(viewer)
        .filter(state__in=[Case.State.WAITING, Case.State.APPEALED])
        .select_related("post", "answer", "comment", "helped")
    )
    counts: dict[int, int] = defaultdict(int)
    for row in (
        Report.objects.visible_to(viewer)
        .filter(case__in=open_cases)
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
    ):
        counts[row["case"]] = row["n"]
    return [(case, counts[case.pk]) for case in open_cases]
