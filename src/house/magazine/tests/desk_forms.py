"""What the desk's own forms send, so that tests come in by its door."""

import json

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def line(text):
    block = {"key": "aaaaa", "text": text, "type": "unstyled", "depth": 0}
    told = {**block, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [told], "entityMap": {}})


def send_article(client, article, act="", **changes):
    """`quote` is (words, credit, source, is a paraphrase); `typed` is a line as the editor's script sends it.

    Follows to where the desk leads.
    """
    quote, typed = changes.pop("quote", None), changes.pop("typed", None)
    text = changes.pop("text", "<p>Words of it.</p>")
    blocks = [("text", rich_text(text) if typed is None else line(typed))]
    if quote:
        words, credit, source, told = quote
        value = {"text": words, "credit": credit, "source": source}
        blocks.append(("quote", {**value, "paraphrase": "on"} if told else value))
    facts = {
        "title": article.title, "teaser": article.teaser, "byline": "", "body": streamfield(blocks),
        "issue": article.issue_id or "", "section": "", "position": article.position, "slug": article.slug,
        "audience": article.audience, "language": "en", "licence": "", "cities": [], "topics": [],
        "go_live_at": "", "expire_at": "", **changes,
    }  # fmt: skip
    return _send(client, "article", article, facts, act)


def send_issue(client, issue, act="", **changes):
    facts = {
        "number": issue.number, "month": f"{issue.month:%Y-%m-%d}", "title": issue.title, "cover": "",
        "cover_alt": "", "note": line(changes.pop("note", "A note.")), "note_by": "", "sections": streamfield([]),
        "go_live_at": "", "expire_at": "", **changes,
    }  # fmt: skip
    return _send(client, "issue", issue, facts, act)


def _send(client, noun, thing, facts, act):
    address = reverse(f"wagtailsnippets_magazine_{noun}:edit", args=[thing.pk])
    data = nested_form_data(facts)
    data |= {name: several for name, several in facts.items() if isinstance(several, list)}
    if act:
        data[act if act.startswith("action-") else "action-workflow-action"] = "1"
        if not act.startswith("action-"):
            data["workflow-action-name"] = act
    return client.post(address, data, follow=True)
