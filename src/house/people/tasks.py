from django.db import transaction
from django.utils import timezone

from house.ground.tasks import task
from house.people import contact_emails, erasure_emails
from house.people.models import ContactMessage, Person
from house.people.roll import belongs


@task()
def mail_message(message_pk: int) -> None:
    """One mail a message, however often this runs: the row is marked first and unmarked on failure."""
    with transaction.atomic():
        # every row: a message is shown to nobody but the receiver of its mail
        message = (
            ContactMessage.objects.select_for_update(of=("self",))
            .select_related("sender__city", "receiver")
            .filter(pk=message_pk, mailed_at=None, is_muted=False, receiver__is_active=True)
            # every row: who left or was suspended since she wrote is no colleague any more
            .filter(sender__in=Person.objects.filter(belongs()))
            .first()
        )
        if message is None:
            return
        message.mailed_at = timezone.now()
        message.save(update_fields=["mailed_at"])
        contact_emails.contact_mail(message).send()


@task()
def mail_erasure_asked(person_pk: int) -> None:
    """Tells her, too, when it was somebody else who asked."""
    # every row: she is told about herself
    person = Person.objects.filter(pk=person_pk, erase_after__isnull=False, erased_at=None).first()
    if person is not None:
        erasure_emails.asked_mail(person).send()
