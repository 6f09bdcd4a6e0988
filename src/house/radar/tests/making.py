"""Sources and stories for the tests of this room: one object, valid, nothing else."""

import datetime
import http.server
import threading

from django.utils import timezone

from house.radar.models import Item, Source, Story

DAY = datetime.timedelta(days=1)


def make_source(**facts):
    facts.setdefault("name", "A paper")
    facts.setdefault("url", f"https://paper{Source.objects.count()}.example/feed")
    return Source.objects.create(**facts)


def make_story(*titles, source=None, story=None, **facts):
    """A story told by as many items as titles are given."""
    now = facts.pop("at", timezone.now())
    titles = titles or ("Scooters return to the kerb",)
    story = Story.objects.create(title=titles[0], first_at=now, last_at=now, **facts)
    for number, title in enumerate(titles):
        Item.objects.create(
            story=story, source=source or make_source(), key=f"{story.code}{number}", title=title,
            published_at=now, url=f"https://paper.example/{story.code}/{number}", summary=f"<p>About {title}.</p>",
        )  # fmt: skip
    Story.objects.filter(pk=story.pk).update(sources=1 if source else len(titles))
    return story


def rss(*items, title="A paper"):
    """A feed of (guid, title, summary, pubDate) rows."""
    rows = "".join(
        f"<item><guid>{guid}</guid><title>{head}</title><link>https://paper.example/{guid}</link>"
        f"<description>{said}</description>{f'<pubDate>{when}</pubDate>' if when else ''}</item>"
        for guid, head, said, when in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{rows}</channel></rss>'.encode()


class Papers:
    """A real web server on loopback; `answers[path]` is (status, headers, body). It remembers what it was asked."""

    def __init__(self):
        papers = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                papers.asked.append((self.path, dict(self.headers)))
                status, headers, body = papers.answers.get(self.path, (404, {}, b""))
                etag = headers.get("ETag")
                if etag and self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Quiet."""

        self.answers, self.asked = {}, []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def paths(self):
        return [path for path, _headers in self.asked]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
