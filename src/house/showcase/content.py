"""The text of a showcase as plain JSON: one shape for drafts, editions and the demonstration."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from house.ground.html import paragraphs, safe_url, sanitise, to_text
from house.ground.text import clean, one_line, shorten
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.models import Topic

Content = dict[str, Any]
TITLE, SUMMARY, TEXT, PICTURES, TOPICS, ALT = 160, 300, 40_000, 12, 5, 300
# Where a film may lie: linked, never embedded, so that nobody else's script runs on our pages.
VIDEO_HOSTS = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo",
    "peertube.tv": "PeerTube", "media.ccc.de": "media.ccc.de", "archive.org": "Internet Archive",
    "commons.wikimedia.org": "Wikimedia Commons",
}  # fmt: skip


def video_host(url: str) -> str:
    """The name of the place where a film lies; empty for places that we do not link to."""
    try:
        parts = urlsplit(safe_url(url))
    except ValueError:
        return ""
    if parts.scheme != "https" or parts.username or parts.port:
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return VIDEO_HOSTS.get(host, "")


def html_of(text: str) -> str:
    """The editor's HTML made safe; plain lines become paragraphs."""
    text = clean(text)
    return sanitise(text if "<" in text and ">" in text else paragraphs(text))


def tidy(told: Mapping[str, Any]) -> Content:
    """What may be kept of what was typed. Judges nothing but shape: a draft may lack anything."""
    language = str(told.get("language", ""))
    # every row: topics hold no secret
    known = set(Topic.objects.filter(pk__in=told.get("topics", [])).values_list("pk", flat=True))
    return {
        "title": shorten(str(told.get("title", "")), TITLE),
        "summary": shorten(str(told.get("summary", "")), SUMMARY),
        "text": html_of(str(told.get("text", "")))[: TEXT * 2],
        "language": language if language in LANGUAGES else "en",
        "topics": [slug for slug in told.get("topics", []) if slug in known][:TOPICS],
        "pictures": [
            {
                "code": str(row.get("code", ""))[:12],
                "alt": one_line(str(row.get("alt", "")))[:ALT],
                "caption": one_line(str(row.get("caption", "")))[:ALT],
            }
            for row in told.get("pictures", [])
        ][:PICTURES],
        "video": str(told.get("video", "")).strip()[:400],
    }


def problems(content: Content) -> dict[str, str]:
    """What keeps it from being published: field → sentence."""
    found = {}
    if not content.get("title"):
        found["title"] = _("Give it a title: it stands on cards and in links.")
    if not content.get("summary"):
        found["summary"] = _("Say in a sentence or two what a reader will learn.")
    if len(to_text(content.get("text", "")).split()) < 20:
        found["text"] = _(
            "Tell a little more, twenty words at least: what you did, for whom, and what came of it."
        )
    if any(not row["alt"] for row in content.get("pictures", [])):
        found["pictures"] = _("Describe each picture for those who can't see it.")
    if content.get("video") and not video_host(content["video"]):
        found["video"] = _("We link to films on: %(hosts)s.") % {
            "hosts": ", ".join(dict.fromkeys(VIDEO_HOSTS.values()))
        }
    return found
