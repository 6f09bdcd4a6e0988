"""What came of a session, offered to the memory of the house: with the consent of both, and no sooner."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import shorten
from house.meetings.access import is_side_of
from house.meetings.locking import locked_session
from house.meetings.models import Preparation, Session
from house.memory import actions as memory
from house.memory import offers
from house.memory.offers import Offered, Span

KIND = "meetings.session"


def may_offer(viewer: Viewer, session: Session) -> bool:
    both = session.consents_city and session.consents_expert
    return (
        both
        and session.state == Session.State.HELD
        and session.offered_at is None
        and bool(session.notes)
        and is_side_of(viewer, session)
        and (viewer.can("alex.write") or viewer.can("alex.review"))
    )


@transaction.atomic
def offer_session(session: Session, *, by: Viewer) -> Session:
    """Draft a case of what was asked and noted. Whose words it uses is asked once more."""
    session = locked_session(session)
    if not may_offer(by, session):
        raise Refused(
            _("This can't be offered to ALEX now."),
            remedy=_("It takes notes, a session that took place, and the consent of both."),
        )
    memory.offer(KIND, session, _offered(session), by=by, key=f"{KIND}:{session.code}")
    session.offered_at = timezone.now()
    session.save(update_fields=["offered_at"])
    return session


def _offered(session: Session) -> Offered:
    # every row: of a session that both sides have read
    written = Preparation.objects.get(session=session)
    url, asker = session.get_absolute_url(), session.booked_by_id
    words = (
        ("challenge", written.goal, asker),
        ("approach", written.tried, asker),
        ("outcome_story", session.notes, asker),
    )
    return Offered(
        template="case_study",
        content={
            "title": shorten(written.goal, 120),
            "summary": _("What a city asked an expert of the foundation, and what came of it."),
            "language": written.language,
            "topics": [session.topic_id] if session.topic_id else [],
            "audience": "alliance",
            "city": session.city_id,
            "outcome": "too_early",
            "candour": "city",
        },
        spans=[
            Span(field, text, KIND, session.pk, url, author)
            for field, text, author in words
            if text
        ],
        helpers={session.expert_id: _("gave the session")},
        author=asker,
        candours={asker: "city", session.expert_id: "person"},
    )


def register() -> None:
    offers.register(offers.Source(KIND, gettext_lazy("A one-on-one session"), Session))
