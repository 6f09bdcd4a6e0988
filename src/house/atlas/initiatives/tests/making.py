"""One initiative, valid, nothing else."""

from django.utils import timezone

from house.atlas.initiatives.models import Initiative, Layer
from house.atlas.initiatives.models.initiative import spaced
from house.atlas.initiatives.opening.keeping import set_next


def make_layer(**facts):
    told = {"licence": "ODbL 1.0", "attribution": "© somebody", "is_public": True, **facts}
    return Layer.objects.get_or_create(title=told.pop("title", "Layer"), defaults=told)[0]


def make_initiative(name="Repair café East", *, kinds=("repair-cafe",), languages=("en",), **facts):
    told = {
        "state": "shown", "latitude": 52.37, "longitude": 4.89, "time_zone": "Europe/Amsterdam",
        "layer": facts.pop("layer", None) or make_layer(), **facts,
    }  # fmt: skip
    made = Initiative(name=name, kinds=spaced(kinds), languages=spaced(languages), **told)
    set_next(made, timezone.now())
    made.save()
    return made
