"""Voices about the alliance: kept with the record of consent, shown only while it stands."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground import pages
from house.ground.errors import Refused
from house.partners import rights
from house.showcase.models import Quotation


@transaction.atomic
def save_quotation(quotation: Quotation, *, by: Viewer) -> Quotation:
    """Keep what was typed. Changed words, and those without consent, are shown only once let out again."""
    rights.require(by, "showcase.curate")
    if quotation.pk:
        # every row: the keeper's own
        before = Quotation.objects.select_for_update().get(pk=quotation.pk)
        allow(by, "edit", before)
        has_record = bool(quotation.agreed_on and quotation.agreed_how)
        quotation.is_shown = (
            before.is_shown
            and has_record
            and all(
                getattr(before, name) == getattr(quotation, name)
                for name in ("text", "name", "role")
            )
        )
    quotation.kept_by_id = by.person_id
    quotation.save()
    journal.record("showcase.voice", quotation, by=by)
    transaction.on_commit(pages.changed)
    return quotation


@transaction.atomic
def let_out(quotation: Quotation, *, by: Viewer) -> None:
    rights.require(by, "showcase.curate")
    if quotation.withdrawn_at or not quotation.agreed_on or not quotation.agreed_how:
        raise Refused(
            _("Without a record of consent nobody's words are shown."),
            remedy=_("Write down when and how the person agreed."),
        )
    quotation.is_shown = True
    quotation.save(update_fields=["is_shown"])
    journal.record("showcase.voice_shown", quotation, by=by)
    transaction.on_commit(pages.changed)


@transaction.atomic
def take_in(quotation: Quotation, *, by: Viewer) -> None:
    """Not shown for now; the consent stands."""
    rights.require(by, "showcase.curate")
    quotation.is_shown = False
    quotation.save(update_fields=["is_shown"])
    journal.record("showcase.voice_hidden", quotation, by=by)
    transaction.on_commit(pages.changed)


@transaction.atomic
def withdraw_consent(quotation: Quotation, *, by: Viewer) -> None:
    """The person took it back: her words, name and role are forgotten, that she did is kept."""
    rights.require(by, "showcase.curate")
    quotation.is_shown = False
    quotation.withdrawn_at = timezone.now()
    quotation.text = _("Taken back.")
    quotation.name, quotation.role, quotation.source_url = "–", "–", ""
    quotation.source, quotation.agreed_how = "–", "–"
    quotation.save()
    journal.record("showcase.voice_withdrawn", quotation, by=by)
    transaction.on_commit(pages.changed)
