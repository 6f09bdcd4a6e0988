"""What of clauses stands in the world of the matrix: a rule in each state, a correction of our city."""

from house.atlas.clauses import actions
from house.partners.viewing import viewer_for

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzclausedraft": "reviewers",
    "zzclauseinside": "inside",
    "zzcorrection": "ours, reviewers",
}


def _facts(word):
    return {
        "answer": "yes", "value": None, "unit": "", "day": None, "words": "", "note": word,
        "valid_from": None, "valid_until": None, "quote": f"The text of {word}.", "quote_language": "en",
        "source_title": f"A law of {word}", "source_url": "https://example.org/law", "entry_url": "",
    }  # fmt: skip


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    by = viewer_for(world.persons["curator"])
    field = "short-term-rental"

    def rule(kind, word, *, out=True, audience="public"):
        made = actions.draft_clause(
            by=by, city="ours", field=field, type=kind, facts=_facts(word), audience=audience
        )
        return {"code": (actions.publish_clause(made, by=by) if out else made).code}

    rules = {
        "public": rule("licence", "yyclause"),
        "inside": rule("tax", "zzclauseinside", audience="alliance"),
        "draft": rule("own-home", "zzclausedraft", out=False),
    }
    member = viewer_for(world.persons["partner"])
    sent = actions.propose_correction(
        by=member,
        city="ours",
        field=field,
        type="tax",
        facts=_facts("zzcorrection"),
        why="zzcorrection",
    )
    kind = {"field": field, "type": "licence"}
    return {
        "rule": rules,
        "rulecorrection": {"open": {"code": sent.code}},
        "ruledcity": {
            "ours": {"city": cities["ours"].slug, **kind},
            "other": {"city": world.persons["premium"].city.slug, **kind},
        },
    }
