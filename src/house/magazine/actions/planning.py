"""What an editor makes of the proposal: accepts, drops, orders, takes back, and makes an issue of it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Refused
from house.ground.text import one_line, shorten, slug_of
from house.magazine.models import Article, Audience, Issue, Plan
from house.magazine.planning import LABELS, names_of, tellable
from house.magazine.proposing import Name
from house.memory import tellers
from house.memory.tellers import Tellable
from house.partners import rights
from house.vocabulary.models import City, Topic

# every row in this file: an editor's plan, and what the readers' own door gave

_KEPT = 50  # acts that can be taken back
Names = list[Name]


@transaction.atomic
def change_plan(month: datetime.date, act: str, name: Name | None, *, by: Viewer) -> Plan:
    """`act`: "pick", "drop", "back" (out of either), "up", "down" or "undo"."""
    rights.require(by, "magazine.edit")
    Plan.objects.get_or_create(month=month)
    plan = Plan.objects.select_for_update().get(month=month)
    if act == "undo":
        _undo(plan)
    else:
        if act not in _ACTS or name is None:
            raise Refused(_("Say what to do with which."))
        before = [plan.picked, plan.dropped]
        picked, dropped = _ACTS[act](names_of(plan.picked), names_of(plan.dropped), name)
        after = [[list(each) for each in picked], [list(each) for each in dropped]]
        if after != before:
            plan.before = [*plan.before, before][-_KEPT:]
            plan.picked, plan.dropped = after
    plan.changed_by_id = by.person_id
    plan.save()
    return plan


def _undo(plan: Plan) -> None:
    if plan.before:
        plan.picked, plan.dropped = plan.before[-1]
        plan.before = plan.before[:-1]


def _pick(picked: Names, dropped: Names, name: Name) -> tuple[Names, Names]:
    kept = picked if name in picked else [*picked, name]
    return kept, [each for each in dropped if each != name]


def _drop(picked: Names, dropped: Names, name: Name) -> tuple[Names, Names]:
    kept = dropped if name in dropped else [*dropped, name]
    return [each for each in picked if each != name], kept


def _back(picked: Names, dropped: Names, name: Name) -> tuple[Names, Names]:
    return [each for each in picked if each != name], [each for each in dropped if each != name]


def _moved(picked: Names, name: Name, step: int) -> Names:
    if name not in picked:
        return picked
    place = picked.index(name)
    to = min(max(0, place + step), len(picked) - 1)
    rest = [each for each in picked if each != name]
    return [*rest[:to], name, *rest[to:]]


_ACTS: dict[str, Callable[[Names, Names, Name], tuple[Names, Names]]] = {
    "pick": _pick,
    "drop": _drop,
    "back": _back,
    "up": lambda picked, dropped, name: (_moved(picked, name, -1), dropped),
    "down": lambda picked, dropped, name: (_moved(picked, name, 1), dropped),
}


@transaction.atomic
def make_issue(month: datetime.date, title: str, *, by: Viewer) -> Issue:
    """A draft of an issue with a draft article for each thing picked, quoting it word for word.

    What only members may read becomes an article for members. Nothing is published.
    """
    rights.require(by, "magazine.edit")
    plan = Plan.objects.select_for_update().filter(month=month).first()
    things = tellable(month, tellers.reader())
    picked = [things[name] for name in names_of(plan.picked) if name in things] if plan else []
    if plan is None or not picked:
        raise Refused(_("Pick something first."), remedy=_("Three to eight make a good issue."))
    if plan.issue_id is not None:
        raise Refused(
            _("This month's issue is made already."), remedy=_("Go on with it at the desk.")
        )
    title = one_line(title)[:120]
    if not title:
        raise Refused(_("Give the issue a title."))
    public = tellable(month, VISITOR).keys()
    last = Issue.objects.aggregate(last=Max("number"))["last"] or 0
    sections = list(dict.fromkeys(str(LABELS[thing.sort]) for thing in picked))
    issue = Issue.objects.create(
        number=last + 1,
        month=month,
        title=title,
        live=False,
        sections=[{"type": "section", "value": {"name": name, "line": ""}} for name in sections],
    )
    issue.save_revision(user=None, log_action=False)
    for place, thing in enumerate(picked, 1):
        _draft(issue, place, thing, is_public=thing.name in public)
    plan.issue = issue
    plan.save(update_fields=["issue", "changed_at"])
    journal.record("magazine.made", issue, by=by, facts={"articles": len(picked)})
    return issue


def stands_in(quote: str, thing: Tellable) -> bool:
    """Are these words of the thing, letter by letter?"""
    return bool(quote) and quote in thing.words


def _draft(issue: Issue, place: int, thing: Tellable, *, is_public: bool) -> Article:
    """Its address is not made of the lent title: an address can't be taken back."""
    quote = thing.quote if stands_in(thing.quote, thing) else ""
    title, section = shorten(thing.title, 160), str(LABELS[thing.sort])
    article = Article(
        issue=issue,
        section=section,
        position=place,
        title=title,
        slug=f"{slug_of(section, fallback='article')}-{place}",
        lent_title=title,
        lent_title_from=thing.url,
        lent_cities=list(thing.cities),
        teaser=_teaser(quote, thing.credit),
        language=thing.language.partition("-")[0],
        audience=Audience.PUBLIC if is_public else Audience.MEMBERS,
        source_kind=thing.kind,
        source_key=thing.key,
        live=False,
        body=_body(quote, thing),
    )
    article.save()
    article.cities = list(City.objects.filter(pk__in=thing.cities))
    article.topics = list(Topic.objects.filter(pk__in=thing.topics))
    article.save()
    article.save_revision(log_action=False)
    return article


def _teaser(quote: str, credit: str) -> str:
    if not quote:
        return ""
    return f"“{quote}” ({credit})" if credit else f"“{quote}”"


def _body(quote: str, thing: Tellable) -> list[dict[str, Any]]:
    body: list[dict[str, Any]] = []
    if quote:
        value = {"text": quote, "credit": thing.credit[:200], "source": thing.quote_url}
        body.append({"type": "quote", "value": value})
    if thing.url.startswith("/"):
        kind = "event" if thing.kind == "event" else "entry"
        body.append({"type": kind, "value": {"path": thing.url, "why": ""}})
    return body
