"""Reasons in words: to the asker about somebody, and to her who is asked about herself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.agora.routing.facts import WORTH, Reason
from house.vocabulary.languages import name_of

TOLD = 4  # reasons for each; more are not read


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in words, with where it can be read."""

    kind: str
    text: str
    url: str = ""


Labels = Mapping[str, str]  # of topics, by slug


def to_asker(reasons: Iterable[Reason], labels: Labels) -> Iterable[Told]:
    """The weightiest first, each kind once."""
    return _each_kind(reasons, lambda reason: _about_her(reason, labels))


def to_invited(reasons: Iterable[Reason], labels: Labels) -> Iterable[Told]:
    return _each_kind(reasons, lambda reason: _about_you(reason, labels))


def _each_kind(reasons: Iterable[Reason], words: Callable[[Reason], str]) -> Iterable[Told]:
    seen: set[str] = set()
    for reason in reasons:
        if reason.kind not in seen and len(seen) < TOLD and (text := words(reason)):
            seen.add(reason.kind)
            yield Told(reason.kind, text, str(reason.facts.get("url", "")))


def _about_her(reason: Reason, labels: Labels) -> str:
    facts = reason.facts
    if reason.kind in WORTH:
        told = {
            "accepted": _("Her answer solved “%(title)s”."),
            "helped": _("Her answer in “%(title)s” helped a city."),
            "author": _("Wrote “%(title)s”."),
            "owner": _("Holds the role that owns “%(title)s”."),
            "contact": _("Is named to be asked about “%(title)s”."),
            "answered": _("Answered in “%(title)s”."),
            "asked": _("Asked about it in “%(title)s”."),
            "adopted": _("Her city took “%(title)s” home, with a result."),
            "city": _("Her city wrote “%(title)s”."),
        }
        return told[reason.kind] % {"title": facts["title"]}
    match reason.kind:
        case "says":
            return _("Says that she can help with this.")
        case "city_says":
            return _("Her city says that it is good at this.")
        case "in_topic" if number := facts["solved"] + facts["answered"]:
            return ngettext(
                "Wrote %(count)d answer or entry on this topic.",
                "Wrote %(count)d answers or entries on this topic.",
                number,
            ) % {"count": number}
        case "in_topic":
            return _("Asked on this topic before.")
        case "topics":
            named = _named(facts, labels)
            return _("Follows the topic: %(topics)s.") % {"topics": named} if named else ""
        case "like":
            return _("Her city is like yours: %(alike)s.") % {"alike": _alike(facts)}
        case "language":
            return _("You both speak %(language)s.") % {"language": name_of(facts["language"])}
        case "hours":
            hours = facts["hours"]
            return ngettext(
                "%(hours)d working hour in common.", "%(hours)d working hours in common.", hours
            ) % {"hours": hours}
        case _:
            return _("Has not been asked lately.")


def _about_you(reason: Reason, labels: Labels) -> str:
    facts = reason.facts
    if reason.kind in WORTH:
        told = {
            "accepted": _("Your answer solved “%(title)s”."),
            "helped": _("Your answer in “%(title)s” helped a city."),
            "author": _("You wrote “%(title)s”."),
            "owner": _("You hold the role that owns “%(title)s”."),
            "contact": _("You are named to be asked about “%(title)s”."),
            "answered": _("You answered in “%(title)s”."),
            "asked": _("You asked about it in “%(title)s”."),
            "adopted": _("Your city took “%(title)s” home, with a result."),
            "city": _("Your city wrote “%(title)s”."),
        }
        return told[reason.kind] % {"title": facts["title"]}
    match reason.kind:
        case "says":
            return _("You say that you can help with this.")
        case "city_says":
            return _("Your city says that it is good at this.")
        case "in_topic" if number := facts["solved"] + facts["answered"]:
            return ngettext(
                "You wrote %(count)d answer or entry on this topic.",
                "You wrote %(count)d answers or entries on this topic.",
                number,
            ) % {"count": number}
        case "in_topic":
            return _("You asked on this topic before.")
        case "topics":
            named = _named(facts, labels)
            return _("You follow the topic: %(topics)s.") % {"topics": named} if named else ""
        case "like":
            return _("Your city is like the asker's: %(alike)s.") % {"alike": _alike(facts)}
        case "language":
            return _("You speak %(language)s.") % {"language": name_of(facts["language"])}
        case _:
            return ""


def _named(facts: Mapping[str, Any], labels: Labels) -> str:
    return ", ".join(labels[slug] for slug in facts["topics"] if slug in labels)


def _alike(facts: Mapping[str, Any]) -> str:
    told = {
        "size": _("size"),
        "terrain": _("lie of the land"),
        "country": _("country"),
        "region": _("part of the world"),
    }
    return ", ".join(told[each] for each in facts["of"])
