"""Who lets the public see her. Each speaks for herself alone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground import pages
from house.ground.errors import Forbidden, Refused
from house.ground.text import shorten
from house.people.models import Person
from house.showcase.models import Contact, Face, Showcase


@transaction.atomic
def show_face(person: Person, *, by: Viewer, words: str = "") -> Face:
    """Her name, role and one sentence stand on her city's public page from now on."""
    if by.person_id != person.pk:
        raise Forbidden(_("Only the person herself may do this."))
    if person.city_id is None or person.city_id not in by.city_ids:
        raise Refused(_("You hold no seat in a partner city, so no city's page can show you."))
    face, _made = Face.objects.update_or_create(
        person=person,
        defaults={
            "city_id": person.city_id, "words": shorten(words, 200), "agreed_at": timezone.now(),
        },
    )  # fmt: skip
    journal.record("showcase.face", None, by=by, facts={"shown": True})
    transaction.on_commit(pages.changed)
    return face


@transaction.atomic
def hide_face(person: Person, *, by: Viewer) -> None:
    if by.person_id != person.pk:
        raise Forbidden(_("Only the person herself may do this."))
    gone, _rows = Face.objects.filter(person=person).delete()  # every row: her own
    if gone:
        journal.record("showcase.face", None, by=by, facts={"shown": False})
        transaction.on_commit(pages.changed)


@transaction.atomic
def ask_contact(
    showcase: Showcase, person: Person | None, *, by: Viewer, agrees: bool, shows_address: bool
) -> None:
    """Name whom readers may write to. Only she herself agrees; until then readers see nobody."""
    allow(by, "edit", showcase)
    kept = Contact.objects.filter(showcase=showcase).first()  # every row: of this showcase
    if kept and (person is None or kept.person_id != person.pk):
        kept.delete()
        kept = None
    if person is None:
        transaction.on_commit(pages.changed)
        return
    if person.city_id != showcase.city_id:
        raise Refused(_("Name a colleague of the city that shows this."))
    kept = kept or Contact.objects.create(showcase=showcase, person=person)
    if person.pk == by.person_id and agrees:
        agree_as_contact(kept, by=by, shows_address=shows_address)
    elif person.pk == by.person_id:
        refuse_as_contact(kept, by=by)


@transaction.atomic
def agree_as_contact(contact: Contact, *, by: Viewer, shows_address: bool) -> None:
    allow(by, "answer", contact)
    contact.agreed_at = contact.agreed_at or timezone.now()
    contact.shows_address = shows_address
    contact.save(update_fields=["agreed_at", "shows_address"])
    transaction.on_commit(pages.changed)


@transaction.atomic
def refuse_as_contact(contact: Contact, *, by: Viewer) -> None:
    """Also later: readers see her no more from this moment on."""
    allow(by, "answer", contact)
    contact.delete()
    transaction.on_commit(pages.changed)
