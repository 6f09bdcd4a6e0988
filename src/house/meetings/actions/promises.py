"""What is promised in a session or during a visit, and that it was kept."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line, shorten
from house.meetings.models import Promise, Session, Visit
from house.meetings.people import may_own
from house.people.models import Person

# every row in this file: each verb judges who acts


@transaction.atomic
def promise(
    thing: Session | Visit, *, text: str, owner: Person, due_on: datetime.date, by: Viewer
) -> Promise:
    """Somebody will do something by a day. The owner is one of the people of the session or visit."""
    allow(by, "note" if isinstance(thing, Session) else "promise", thing)
    text = shorten(one_line(text), 300)
    if not text:
        raise Refused(_("Say what is promised."))
    if not may_own(thing, owner):
        raise Refused(
            _("%(name)s does not take part in this.") % {"name": owner.name},
            remedy=_("Choose somebody from the list."),
        )
    made = Promise(text=text, owner=owner, due_on=due_on)
    if isinstance(thing, Session):
        made.session = thing
    else:
        made.visit = thing
    made.save()
    return made


@transaction.atomic
def keep_promise(found: Promise, *, by: Viewer, word: str = "") -> Promise:
    """It is done. Saying so twice changes nothing."""
    allow(by, "end", found)
    found = Promise.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.done_at is None:
        found.done_at, found.done_word = timezone.now(), shorten(word, 300)
        found.save(update_fields=["done_at", "done_word"])
    return found


@transaction.atomic
def open_again(found: Promise, *, by: Viewer) -> Promise:
    allow(by, "end", found)
    found.done_at, found.done_word = None, ""
    found.save(update_fields=["done_at", "done_word"])
    return found
