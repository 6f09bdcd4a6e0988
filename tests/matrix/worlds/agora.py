"""What of agora stands in the world of the matrix."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from house.access.candour import names_city
from house.agora.models import Answer, Attachment, Case, Post, Report
from house.retrieval import outbox

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzposttold": "everyone",
    "zzpostalliance": "inside",
    "zzpostcity": "ours",
    "zzpostothercity": "premium",
    "zzpostdraft": "partner",
    "zzpostsealed": "inside",
    "zzposthidden": "premium, reviewers",
    "zzpostreported": "premium, reviewers",
    "zzsaidhidden": "premium, reviewers",
    "zzwhy": "reviewers",
    "zzverdict": "premium, reviewers",
}
DAY = datetime.timedelta(days=1)


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    partner, premium = world.persons["partner"], world.persons["premium"]
    ours = {"author": partner, "city": cities["ours"]}
    theirs = {"author": premium, "city": cities["prem"]}
    facts = {
        "told": {"audience": "public", **ours},
        "alliance": theirs,
        "city": {"audience": "city", **ours},
        "othercity": {"audience": "city", **theirs},
        "draft": {"state": "draft", "published_at": None, "audience": "public", **ours},
        "sealed": {"candour": "sealed", **theirs},
        "hidden": {"audience": "public", "is_hidden": True, "is_reported": True, **theirs},
        "reported": {"audience": "city", "is_reported": True, **theirs},
    }
    posts = {state: _post(state, told) for state, told in facts.items()}
    said = {
        "told": _answer(posts["told"], **theirs),
        "hidden": _answer(posts["alliance"], body="It was zzsaidhidden.", is_hidden=True, **theirs),
    }
    outbox.drain()
    cases = {
        "waiting": Case.objects.create(post=posts["reported"], code="zzcase"),
        "hidden": Case.objects.create(
            post=posts["hidden"], state="hidden", reason="zzverdict", decided_by=world.persons["curator"],
            decided_at=timezone.now(),
        ),
    }  # fmt: skip
    Report.objects.create(
        case=cases["waiting"], reporter=world.persons["coordinator"], why="other", text="zzwhy"
    )
    file = Attachment.objects.create(
        post=posts["alliance"], author=premium, name="zz.txt", media_type="text/plain", size=3,
        digest="0" * 64, file=ContentFile(b"abc", name="zz.txt"),
    )  # fmt: skip
    codes = {state: {"code": post.code} for state, post in posts.items()}
    return {
        "post": codes,
        "thread": codes,
        "said": {
            state: {"code": answer.post.code, "answer": answer.code}
            for state, answer in said.items()
        },
        "case": {state: {"code": case.code} for state, case in cases.items()},
        "file": {"alliance": {"code": file.code}},
    }


def _post(word, told):
    shown = told["city"] if names_city(told.get("candour", "city")) else None
    post = Post.objects.create(
        kind="question", title=f"The zzpost{word} case", body=f"About zzpost{word}.",
        html=f"<p>About zzpost{word}.</p>", shown_city=shown,
        **{"state": "open", "published_at": timezone.now() - DAY, **told},
    )  # fmt: skip
    outbox.touch("post", post.pk)
    return post


def _answer(post, **told):
    body = told.pop("body", "It was so.")
    return Answer.objects.create(
        post=post, body=body, html=f"<p>{body}</p>", published_at=timezone.now(), **told
    )
