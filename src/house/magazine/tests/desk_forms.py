"""What the desk's own forms send, so that tests come in by its door."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def send_article(client, article, act="", **changes):
    """`quote` is (words, credit, source, is a paraphrase). Follows to where the desk leads."""
    quote = changes.pop("quote", None)
    blocks = [("text", rich_text(changes.pop("text", "<p>Words of it.</p>")))]
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
        "cover_alt": "", "note": rich_text("<p>A note.</p>"), "note_by": "", "sections": streamfield([]),
        "go_live_at": "", "expire_at": "", **changes,
    }  # fmt: skip
    return _send(client, "issue", issue, facts, act)


def _send(client, noun, thing, facts, act):
    address = reverse(f"wagtailsnippets_magazine_{noun}:edit", args=[thing.pk])
    data = nested_form_data(facts)
    if act:
        data[act if act.startswith("action-") else "action-workflow-action"] = "1"
        if not act.startswith("action-"):
            data["workflow-action-name"] = act
    return client.post(address, data, follow=True)
