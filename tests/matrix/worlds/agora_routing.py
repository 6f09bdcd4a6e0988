"""Who was asked, in the world of the matrix: our person, by the premium city, and why she declined once."""

import datetime

from django.utils import timezone

from house.agora.models import Invitation, Post, Route

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zzwhynot": "nobody"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    post = Post.objects.get(code=world.things["post"]["alliance"]["code"])
    Route.objects.create(post=post)
    later = timezone.now() + datetime.timedelta(days=5)
    asked = Invitation.objects.create(
        post=post, person=world.persons["partner"], answer_by=later, reasons=[]
    )
    Invitation.objects.create(
        post=post, person=world.persons["coordinator"], answer_by=later, state="declined",
        why_not="zzwhynot",
    )  # fmt: skip
    return {"askedto": {"asked": {"code": asked.code}}}
