"""What of initiatives stands in the world of the matrix."""

from django.utils import timezone

from house.atlas.initiatives.models import Ask, Initiative, Layer, Run, RunState, State, Suggestion

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzplacesuggested": "reviewers",
    "zzplacehidden": "reviewers",
    "zzplacegone": "reviewers",
    "zzunpublishedmail": "reviewers",
    "zzsuggester": "reviewers",
    "zzlayerunseen": "reviewers",
    "zzplacewords": "reviewers",
}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    seen = Layer.objects.create(title="Seen", licence="CC0", attribution="Us", is_public=True)
    unseen = Layer.objects.create(title="zzlayerunseen", licence="CC0", attribution="zzlayerunseen")
    made = {
        state: Initiative.objects.create(
            name=f"Place zzplace{state}" if state != State.SHOWN else "Place for all",
            state=state, kinds=" repair-cafe ", latitude=50, longitude=5, city=cities["ours"],
            layer=seen if state == State.SHOWN else unseen, email=f"zzunpublishedmail-{state}@example.org",
        )
        for state in State.values
    }  # fmt: skip
    suggestion = made["suggested"]
    Suggestion.objects.create(initiative=suggestion, email="zzsuggester@example.org")
    run = Run.objects.create(layer=unseen, file="zzlayerunseen.csv", state=RunState.DONE)
    ask = Ask.objects.create(
        initiative=made["shown"],
        due_on=timezone.now().date(),
        answer="changed",
        words="zzplacewords",
    )
    args = {state: {"code": each.code} for state, each in made.items()}
    return {
        "initiative": args,
        "mapped": args,
        "placehint": {"suggested": args["suggested"]},
        "layerrun": {"done": {"code": run.code}},
        "placeanswer": {"changed": {"number": ask.pk}},
    }
