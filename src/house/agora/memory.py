"""Talk becomes memory: what of a thread answers which question of which template, tied to where it was said.

Nothing is written here that nobody said: each answer of the draft is somebody's words, and its author
is asked for them (`house.memory`). What the thread does not say stays empty for a curator to ask about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.audience import Audience
from house.access.candour import Candour
from house.access.viewer import Viewer
from house.agora.models import Answer, Helped, Kind, Post, Said, State
from house.ground.html import to_text
from house.ground.text import shorten
from house.memory.actions.settling import is_as_hidden
from house.memory.models import Offer
from house.memory.offers import Offered, Source, Span, register
from house.memory.queries import entries_of, offers_of

# every row in this file: parts of a thread that came through its door, offered with their authors' consent

POST, ANSWER = "agora.post", "agora.answer"
TEMPLATES = ("case_study", "policy", "technology", "research")
SUMMARY = 400  # characters

_RULE = re.compile(
    r"§|\b(?:art(?:icle|ikel|ículo|igo|\.)?|section|paragraph)\s*\d+|ordinance|by-?law|bylaw|decree|statute|"
    r"zoning code|permit scheme|verordening|vergunning|ordenan|decret|arrêté|règlement|satzung|verordnung|"
    r"förordning|bekendtgørelse|조례|תקנה|条例",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:open.?source|software|platform|dashboard|api|gbfs|mds|vendor|github|dataset|sensor)s?\b",
    re.IGNORECASE,
)


def template_of(post: Post, accepted: Answer | None) -> str:
    """What the thread is about most: a rule, a tool, or what a city did."""
    words = f"{post.body}\n{accepted.body if accepted else ''}"
    if post.kind in {Kind.QUESTION, Kind.STRUGGLE} and accepted is not None:
        if len(_RULE.findall(accepted.body)) >= 2:
            return "policy"
        if len(_TOOL.findall(words)) >= 3:
            return "technology"
    return "case_study"


def outcome_of(post: Post) -> str:
    """A success worked; a struggle that closed without an answer failed, or it is too early to say."""
    if post.kind == Kind.SUCCESS:
        return "worked"
    if post.kind == Kind.STRUGGLE and post.accepted_id is None and post.state == State.CLOSED:
        return "failed"
    return ""


@dataclass
class _Making:
    """Spans in the order of the template, with who said them and how she stood there."""

    post: Post
    spans: list[Span] = field(default_factory=list)
    candours: dict[int, str] = field(default_factory=dict)
    descriptions: dict[int, str] = field(default_factory=dict)
    helpers: dict[int, str] = field(default_factory=dict)

    def say(self, key: str, text: str, said: Said) -> None:
        text = text.strip()
        if not text:
            return
        is_answer = isinstance(said, Answer)
        self.spans.append(
            Span(
                key, text, ANSWER if is_answer else POST, said.pk if is_answer else self.post.pk,
                self.url_of(said), said.author_id,
            )
        )  # fmt: skip
        self.note(said)

    def note(self, said: Said) -> None:
        """Of several places in one thread the one where she is hidden most counts."""
        before = self.candours.get(said.author_id)
        if before is None or is_as_hidden(said.candour, before):
            self.candours[said.author_id] = said.candour
            self.descriptions[said.author_id] = said.described_as

    def url_of(self, said: Said) -> str:
        if isinstance(said, Answer):
            return said.get_absolute_url()
        path = self.post.get_absolute_url()
        return f"{path}#{said.anchor}" if isinstance(said, Helped) else path


def offered_from(post: Post, *, template: str = "", outcome: str = "") -> Offered:
    """The draft that this thread makes. `template` and `outcome` are guessed unless chosen."""
    answers = list(
        Answer.objects.filter(post=post, is_hidden=False).select_related("post").in_order()
    )
    accepted = next((each for each in answers if each.pk == post.accepted_id), None)
    helped = list(Helped.objects.filter(post=post, is_hidden=False).in_order())
    template = template if template in TEMPLATES else template_of(post, accepted)
    making = _Making(post)
    making.say("title", post.title, post)
    making.say("summary", shorten(to_text(post.html), SUMMARY), post)
    _FILL[template](making, accepted, helped)
    useful = {each.answer_id for each in helped}
    for answer in answers:
        if answer.pk in useful and answer != accepted:
            making.say(_MORE[template], to_text(answer.html), answer)
            making.helpers[answer.author_id] = _("Gave an answer that helped")
    outcome = outcome or outcome_of(post)
    if outcome:
        _say_why(making, outcome, accepted, helped)
    whole = accepted or post
    making.helpers.pop(whole.author_id, None)
    return Offered(
        template=template,
        content=_content(post, whole, making, outcome),
        spans=making.spans,
        helpers=making.helpers,
        author=whole.author_id,
        candours=making.candours,
        descriptions=making.descriptions,
    )


def _say_why(making: _Making, outcome: str, accepted: Answer | None, helped: list[Helped]) -> None:
    post = making.post
    if outcome in {"failed", "too_early"}:
        making.say("outcome_why", post.closed_why or _paragraphs(post)[-1], post)
    elif helped:
        making.say("outcome_why", shorten(to_text(helped[0].html), SUMMARY), helped[0])
    else:
        said = accepted or post
        making.say("outcome_why", shorten(_paragraphs(said)[-1], SUMMARY), said)


def _case(making: _Making, accepted: Answer | None, helped: list[Helped]) -> None:
    post = making.post
    told = _paragraphs(post)
    if accepted is not None:
        making.say("challenge", "\n\n".join(told), post)
        making.say("approach", to_text(accepted.html), accepted)
        making.helpers[post.author_id] = _("Asked the question")
    elif post.kind == Kind.SUCCESS and len(told) >= 3:
        making.say("challenge", told[0], post)
        making.say("approach", "\n\n".join(told[1:-1]), post)
        making.say("outcome_story", told[-1], post)
    elif post.kind == Kind.SUCCESS:
        making.say("approach", told[0], post)
        making.say("outcome_story", told[-1], post)
    else:
        making.say("challenge", told[0], post)
        making.say("approach", "\n\n".join(told[1:]), post)
    _tell_results(making, "outcome_story", helped)
    if post.closed_why and accepted is None:
        making.say("outcome_story", post.closed_why, post)


def _policy(making: _Making, accepted: Answer | None, helped: list[Helped]) -> None:
    whole = accepted or making.post
    making.say("summary_text", to_text(whole.html), whole)
    if accepted is not None:
        making.say("how_it_works", to_text(making.post.html), making.post)
        making.helpers[making.post.author_id] = _("Asked the question")
    _tell_results(making, "how_it_works", helped)


def _technology(making: _Making, accepted: Answer | None, helped: list[Helped]) -> None:
    whole = accepted or making.post
    making.say("what", to_text(whole.html), whole)
    if accepted is not None:
        making.helpers[making.post.author_id] = _("Asked the question")
    _tell_results(making, "lessons", helped)


def _research(making: _Making, accepted: Answer | None, helped: list[Helped]) -> None:
    whole = accepted or making.post
    making.say("findings", to_text(whole.html), whole)
    _tell_results(making, "limits", helped)


_FILL = {
    "case_study": _case, "policy": _policy, "technology": _technology, "research": _research,
}  # fmt: skip
# Where what else helped goes.
_MORE = {
    "case_study": "approach", "policy": "how_it_works", "technology": "lessons", "research": "findings",
}  # fmt: skip


def _tell_results(making: _Making, key: str, helped: list[Helped]) -> None:
    for each in helped:
        making.say(key, to_text(each.html), each)
        making.helpers.setdefault(each.author_id, _("Told what changed in her city"))


def _paragraphs(said: Said) -> list[str]:
    return [each for each in re.split(r"\n\s*\n|\n", to_text(said.html)) if each.strip()] or [""]


def _content(post: Post, whole: Said, making: _Making, outcome: str) -> dict[str, Any]:
    """Readers and naming stay those of the thread."""
    return {
        "language": post.language,
        "topics": [topic.pk for topic in post.topics.all()],
        "audience": post.audience,
        "circle": post.circle_id or "",
        "city": (post.city_id if post.audience == Audience.CITY else whole.city_id) or "",
        "candour": making.candours.get(whole.author_id, Candour.SEALED.value),
        "described_as": making.descriptions.get(whole.author_id, ""),
        "outcome": outcome,
    }


@dataclass(frozen=True, slots=True)
class Remembered:
    """What of a thread stands in ALEX or is on its way, for one viewer."""

    entries: list[Any]
    offers: list[Offer]
    may_offer: bool

    @property
    def is_on_its_way(self) -> bool:
        return any(offer.is_open for offer in self.offers)


def of_thread(post: Post, viewer: Viewer) -> Remembered:
    entries = entries_of(POST, [post.pk], viewer).get(post.pk, [])
    offers = offers_of(POST, post.pk, viewer) if viewer.person_id is not None else []
    on_its_way = any(offer.is_open for offer in offers)
    return Remembered(entries, offers, not on_its_way and may_offer(viewer, post))


def may_offer(viewer: Viewer, post: Post) -> bool:
    """By somebody whose it is to offer; of what is settled and has readers besides its author."""
    is_read = not post.is_hidden and post.audience != Audience.PRIVATE
    return is_read and is_settled(post) and offers(viewer, post)


def offers(viewer: Viewer, post: Post) -> bool:
    """Who asked, moderators and curators."""
    if viewer.can("agora.moderate") or viewer.can("alex.review"):
        return True
    hers = viewer.person_id is not None and post.author_id == viewer.person_id
    return hers and viewer.can("alex.write")


def is_settled(post: Post) -> bool:
    """There is something to remember: an accepted answer, a success, or a struggle that ended."""
    if post.state == State.SOLVED or post.kind == Kind.SUCCESS:
        return not post.is_draft
    return post.kind == Kind.STRUGGLE and post.state == State.CLOSED


def keys_of(post: Post) -> Iterator[str]:
    """The first is free unless this very text is on its way or published."""
    number = 0
    while True:
        yield f"agora:{post.code}:{post.accepted_id or 0}:{number}"
        number += 1


def register_sources() -> None:
    register(Source(POST, gettext_lazy("A thread of the Agora"), Post))
    register(Source(ANSWER, gettext_lazy("An answer in the Agora"), Answer))
