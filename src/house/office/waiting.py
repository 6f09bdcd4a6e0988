"""What waits at the foundation's desk, for who can do something about it. The page "Today" shows it.

A new kind of waiting is one `Waiting` in `WAITING`: its title, the capability of who does it, where all of it
is, and a function viewer → lines, the most urgent first, at most `SHOWN` + 1 of them (so that the page knows
that there is more), at a constant number of queries. Keep the function where the thing lives and import it.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from house.access.viewer import Viewer
from house.agora.queries import waiting_cases
from house.agora.routing.waiting import unanswered
from house.alex.models.entry import Entry
from house.atlas.clauses.models import Correction as RuleCorrection
from house.atlas.clauses.models import CorrectionState
from house.atlas.initiatives.models import Suggestion as PlaceSuggestion
from house.atlas.mobility.models import Correction
from house.gatherings.models import HostingOffer, Suggestion
from house.groups.waiting import left_alone
from house.meetings import waiting as meetings
from house.office import troubles
from house.office.lines import SHOWN, Line
from house.office.partnerships import listing
from house.partners.ledger import owners
from house.partners.models import PIPELINE, Application, CityDomain, Hold, Invitation, Level, Stage
from house.radar import queries as radar
from house.vocabulary.models import City


@dataclass(frozen=True, slots=True)
class Waiting:
    title: str | Promise
    capability: str
    url_name: str
    look: Callable[[Viewer], list[Line]]
    is_failure: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits of one kind, for one viewer."""

    title: str
    url: str
    lines: list[Line]
    has_more: bool
    is_failure: bool


def reviews(viewer: Viewer) -> list[Line]:
    waiting = Entry.objects.visible_to(viewer).awaiting_review().select_related("draft")
    return [
        Line(entry.title, reverse("alex:entry_review", args=[entry.slug]), entry.draft.submitted_at)
        for entry in waiting[: SHOWN + 1]
    ]


def reported(viewer: Viewer) -> list[Line]:
    """What members reported in the Agora, and appeals against what a moderator decided."""
    return [
        Line(
            case.post.title,
            reverse("agora:case", args=[case.code]),
            case.appealed_at or case.opened_at,
            note=str(case.get_state_display()),
        )
        for case, _reports in waiting_cases(viewer)[: SHOWN + 1]
    ]


def without_answer(viewer: Viewer) -> list[Line]:
    """Questions and struggles that nobody has answered, the oldest first, and where each stands."""
    return [
        Line(row.post.title, row.post.get_absolute_url(), row.post.published_at, note=row.told)
        for row in unanswered(viewer, most=SHOWN + 1)
    ]


def overdue(viewer: Viewer) -> list[Line]:
    entries = Entry.objects.visible_to(viewer).overdue().order_by("review_by")
    return [
        Line(entry.title, entry.get_absolute_url(), entry.review_by)
        for entry in entries[: SHOWN + 1]
    ]


def applications(viewer: Viewer) -> list[Line]:
    """Those that nobody has answered, then those whose next step is due."""
    rows = (
        Application.objects.visible_to(viewer)
        .leading()
        .filter(stage__in=PIPELINE)
        .filter(Q(stage=Stage.RECEIVED) | Q(next_on__lte=timezone.localdate()))
    )
    return [
        Line(
            row.city_label,
            row.get_absolute_url(),
            row.next_on or row.stage_at,
            note=row.next_step or str(row.get_stage_display()),
        )
        for row in rows.for_board()[: SHOWN + 1]
    ]


def renewals(viewer: Viewer) -> list[Line]:
    """Partnerships that end soon or are in their grace, the first to close first."""
    asked = listing.Asked(state="due", sort="end")
    return [
        Line(
            row.city.label(),
            reverse("office:partnership", args=[row.city.slug]),
            row.ends_on,
            note=str(Level(row.level_now).label),
        )
        for row in listing.found(asked, viewer, listing.due_days())[: SHOWN + 1]
    ]


def asked_for(viewer: Viewer) -> list[Line]:
    """Units of benefits that cities asked for and nobody has decided, but for those that a room decides."""
    holds = Hold.objects.visible_to(viewer).waiting().exclude(owners.owned()).for_lists()
    return [
        Line(
            hold.what_for,
            reverse("office:ledger_decide", args=[hold.code]),
            hold.asked_at,
            note=f"{hold.account.city.label()}: {hold.account.benefit.name}",
        )
        for hold in holds[: SHOWN + 1]
    ]


def places_suggested(viewer: Viewer) -> list[Line]:
    """Initiatives that somebody suggested for the map, the oldest first."""
    waiting = PlaceSuggestion.objects.visible_to(viewer).filter(decision="")
    return [
        Line(
            each.initiative.name,
            reverse("initiatives:suggestion", args=[each.initiative.code]),
            each.made_at,
        )
        for each in waiting.select_related("initiative")[: SHOWN + 1]
    ]


def visits_asked_for(viewer: Viewer) -> list[Line]:
    """Those that wait for the foundation, the oldest first."""
    return [
        Line(
            visit.city.label(),
            visit.get_absolute_url(),
            visit.changed_at,
            note=str(visit.get_state_display()),
        )
        for visit in meetings.visits_for_us(viewer)[: SHOWN + 1]
    ]


def sessions_unmarked(viewer: Viewer) -> list[Line]:
    return [
        Line(
            f"{session.expert.name}, {session.city.label()}",
            session.get_absolute_url(),
            session.ends_at,
        )
        for session in meetings.sessions_unmarked(viewer)[: SHOWN + 1]
    ]


def hosting_offers(viewer: Viewer) -> list[Line]:
    """Offers to host that nobody has decided, the longest waiting first."""
    offers = HostingOffer.objects.visible_to(viewer).open().for_lists().order_by("made_at", "pk")
    return [
        Line(
            offer.title,
            offer.get_absolute_url(),
            offer.made_at,
            note=f"{offer.city.label()}: {offer.get_state_display()}",
        )
        for offer in offers[: SHOWN + 1]
    ]


def suggested_topics(viewer: Viewer) -> list[Line]:
    """Topics that nobody has decided, the longest waiting first, with how many cities want them."""
    topics = Suggestion.objects.visible_to(viewer).filter(state=Suggestion.State.OPEN).for_list()
    return [
        Line(
            topic.title,
            topic.get_absolute_url(),
            topic.made_at,
            note=ngettext("%(count)s city", "%(count)s cities", topic.cities)
            % {"count": topic.cities},
        )
        for topic in topics.order_by("made_at", "pk")[: SHOWN + 1]
    ]


def came_in(viewer: Viewer) -> list[Line]:
    """Stories of the radar that nobody has looked at, the newest first: news does not keep."""
    stories = radar.waiting(viewer).prefetch_related(None)
    return [
        Line(story.title, story.get_absolute_url(), story.last_at) for story in stories[: SHOWN + 1]
    ]


def groups_alone(viewer: Viewer) -> list[Line]:
    return [
        Line(each.group.name, each.group.get_absolute_url(), each.since, note=each.told)
        for each in left_alone(viewer, most=SHOWN + 1)
    ]


def rules_corrected(viewer: Viewer) -> list[Line]:
    """What cities say their own rules should say, and nobody has decided, the oldest first."""
    rows = RuleCorrection.objects.visible_to(viewer).filter(state=CorrectionState.OPEN)
    return [
        Line(str(each.kind.label), reverse("clauses:curate"), each.made_at, note=each.city.label())
        for each in rows.select_related("city").order_by("made_at", "pk")[: SHOWN + 1]
    ]


def corrections(viewer: Viewer) -> list[Line]:
    """What cities put right in the shared-mobility index and nobody has answered, the oldest first."""
    rows = Correction.objects.visible_to(viewer).waiting().for_lists().order_by("made_at", "pk")
    return [
        Line(
            str(each.get_field_display()),
            each.get_absolute_url(),
            each.made_at,
            note=each.place.name,
        )
        for each in rows[: SHOWN + 1]
    ]


def outside_addresses(viewer: Viewer) -> list[Line]:
    """Invitations to addresses outside a city's own mail domains, and domains that nobody has verified."""
    invitations = (
        Invitation.objects.visible_to(viewer)
        .pending()
        .filter(needs_approval=True, approved_at=None)
        .select_related("seat__partnership__city")
        .order_by("invited_at")
    )
    domains = CityDomain.objects.visible_to(viewer).filter(verified_at=None)
    found = [
        _at_seats(each.seat.partnership.city, each.email, each.invited_at)
        for each in invitations[: SHOWN + 1]
    ] + [
        _at_seats(each.city, each.domain, each.added_at)
        for each in domains.select_related("city").order_by("added_at")[: SHOWN + 1]
    ]
    return sorted(found, key=lambda line: str(line.since))[: SHOWN + 1]


def _at_seats(city: City, text: str, since: datetime.datetime) -> Line:
    query = urlencode({"city": city.slug})
    return Line(text, f"{reverse('partners:seats')}?{query}", since, note=city.label())


WAITING: tuple[Waiting, ...] = (
    Waiting(
        gettext_lazy("The journal"),
        "office.journal",
        "office:journal",
        troubles.broken_journal,
        is_failure=True,
    ),
    Waiting(
        gettext_lazy("Background work"),
        "office.work",
        "office:work",
        troubles.failed_work,
        is_failure=True,
    ),
    Waiting(
        gettext_lazy("Mail that came back"),
        "office.work",
        "office:mail",
        troubles.mail_came_back,
        is_failure=True,
    ),
    Waiting(
        gettext_lazy("Mail that does not leave"),
        "office.work",
        "office:mail",
        troubles.mail_waits,
        is_failure=True,
    ),
    Waiting(gettext_lazy("Sealed authors"), "office.reveal", "office:reveals", troubles.reveals),
    Waiting(gettext_lazy("Reviews"), "alex.review", "alex:reviews", reviews),
    Waiting(gettext_lazy("Reported in the Agora"), "agora.moderate", "agora:moderation", reported),
    Waiting(
        gettext_lazy("Questions without an answer"),
        "agora.moderate",
        "agora:waiting",
        without_answer,
    ),
    Waiting(
        gettext_lazy("Applications"), "office.partnerships", "office:applications", applications
    ),
    Waiting(
        gettext_lazy("Asked for by cities"), "office.ledger", "office:ledger_waiting", asked_for
    ),
    Waiting(
        gettext_lazy("Visits asked for"), "visits.plan", "meetings:visit_list", visits_asked_for
    ),
    Waiting(
        gettext_lazy("Sessions that nobody said took place"),
        "visits.plan",
        "meetings:desk",
        sessions_unmarked,
    ),
    Waiting(
        gettext_lazy("Offers to host"),
        "gatherings.run",
        "gatherings:hosting_list",
        hosting_offers,
    ),
    Waiting(
        gettext_lazy("Suggested topics"),
        "gatherings.run",
        "gatherings:topic_market_desk",
        suggested_topics,
    ),
    Waiting(gettext_lazy("On the radar, not looked at"), "radar.curate", "radar:desk", came_in),
    Waiting(
        gettext_lazy("Working groups left alone"),
        "agora.moderate",
        "groups:group_list",
        groups_alone,
    ),
    Waiting(
        gettext_lazy("Corrections of the mobility index"),
        "atlas.curate",
        "mobility:correction_list",
        corrections,
    ),
    Waiting(
        gettext_lazy("Corrections of rules"), "atlas.curate", "clauses:curate", rules_corrected
    ),
    Waiting(
        gettext_lazy("Suggested for the map"),
        "atlas.curate",
        "initiatives:desk",
        places_suggested,
    ),
    Waiting(
        gettext_lazy("Addresses to look at"),
        "office.partnerships",
        "office:partnerships",
        outside_addresses,
    ),
    Waiting(gettext_lazy("Renewals due"), "office.partnerships", "office:partnerships", renewals),
    Waiting(
        gettext_lazy("Colleagues who ask to join"),
        "office.partnerships",
        "office:partnerships",
        troubles.joining,
    ),
    Waiting(
        gettext_lazy("Cities gone quiet"), "office.ledger", "office:ledger_quiet", troubles.quiet
    ),
    Waiting(gettext_lazy("Entries past their review date"), "alex.review", "alex:reviews", overdue),
)


def piles_for(viewer: Viewer) -> Iterator[Pile]:
    """What this viewer can do something about, in the order of `WAITING`, failures first; nothing empty."""
    for waiting in sorted(WAITING, key=lambda each: not each.is_failure):
        if viewer.can(waiting.capability) and (lines := waiting.look(viewer)):
            yield Pile(
                str(waiting.title),
                reverse(waiting.url_name),
                lines[:SHOWN],
                len(lines) > SHOWN,
                waiting.is_failure,
            )
