"""Pictures that nothing shows any more: their city could see them still, and nobody would know of them."""

from functools import partial

from django.db import transaction

from house.showcase.models import Edition, Picture, Showcase

# every row in this file: which pictures are shown is asked of a showcase's own draft and editions


def forget_unused(showcase: Showcase) -> None:
    """Those go, with their files, that neither the draft nor any edition shows. The caller holds the row."""
    editions = Edition.objects.filter(showcase=showcase).values_list("pictures", flat=True)
    used = {row["code"] for rows in (*editions, showcase.draft.get("pictures", [])) for row in rows}
    for picture in Picture.objects.filter(showcase=showcase).exclude(code__in=used):
        for file in (picture.large, picture.small):
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
        picture.delete()


def forget_all_unused() -> None:
    """Each change does this by itself; what an earlier version of the house left behind goes here."""
    for pk in Picture.objects.order_by().values_list("showcase", flat=True).distinct():
        with transaction.atomic():
            forget_unused(Showcase.objects.select_for_update(of=("self",)).get(pk=pk))
