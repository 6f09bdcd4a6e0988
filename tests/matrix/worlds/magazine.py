"""What of magazine stands in the world of the matrix."""

import datetime

from house.magazine.models import Article, Issue

# Word → who may meet it, as a phrase of the table.
SECRETS = {"zzmagopen": "everyone", "zzmagclosed": "inside", "zzmagunborn": "reviewers"}


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    month = datetime.date(2026, 3, 1)
    out = Issue.objects.create(number=901, month=month, title="An issue that is out", live=True)
    unborn = Issue.objects.create(
        number=902, month=month, title="The zzmagunborn issue", live=False
    )
    made = {}
    for word, audience, live in (
        ("open", "public", True),
        ("closed", "members", True),
        ("unborn", "public", False),
    ):
        Article.objects.create(
            issue=out, title=f"The zzmag{word} article", slug=f"article-{word}", live=live,
            audience=audience, teaser=f"About zzmag{word}.",
            body=[{"type": "text", "value": f"<p>Words of zzmag{word}.</p>"}],
        )  # fmt: skip
        made[word] = {"number": 901, "slug": f"article-{word}"}
    issues = {"out": {"number": out.number}, "unborn": {"number": unborn.number}}
    return {"magissue": issues, "magarticle": made, "magprogram": made}
