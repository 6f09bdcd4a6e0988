"""What of mobility stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile

from house.atlas.mobility.models import Correction, FeedReading, IndexCity, NameMatch
from house.atlas.mobility.tests.made import edition, row

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zzcorrecting": "ours, reviewers", "zzsilentsystem": "reviewers"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    edition(row("a"), row("b", "Neustadt", country="DE"))
    place = IndexCity.objects.get(code="gn1")
    place.city = cities["ours"]
    place.save()
    NameMatch.objects.create(
        subject="DE:hamm", country="DE", location="Hamm", codes=["gn6"], reason="Seen"
    )
    FeedReading.objects.create(system="a", answered=False, problem="zzsilentsystem")
    made = {
        state: _correction(world, place, cities["ours"], state, field)
        for state, field in (
            ("waiting", "stations"),
            ("accepted", "vehicles"),
            ("refused", "operators"),
        )
    }
    return {
        "indexcity": {"theirs": {"slug": place.slug}},
        "correction": {state: {"code": each.code} for state, each in made.items()},
    }


def _correction(world, place, city, state, field):
    word = "accepted" if state == "accepted" else "zzcorrecting"
    made = Correction(
        place=place, city=city, field=field, value=5, on=datetime.date(2026, 6, 1), source=word, reason=word,
        url="https://r.example", state=state, made_by=world.persons["partner"], document_name=f"{word}.csv",
    )  # fmt: skip
    made.document.save(f"{word}.csv", ContentFile(word.encode()), save=False)
    made.save()
    return made
