"""A machine that opens every link of a mail and submits every form it finds must change nothing."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from house.access.models import JournalRow
from house.alex import tasks
from house.alex.models import Draft, Entry, FreshnessAsk
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(member, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    entry = EntryFactory(
        slug="bays", author=member.person, city=member.city, review_by=timezone.now().date()
    )
    tasks.ask_about_freshness.enqueue()
    return entry


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Entry, FreshnessAsk, Draft, JournalRow)
    ]


def addresses(message):
    ((html, _kind),) = message.alternatives
    found = {node.attributes["href"] for node in LexborHTMLParser(html).css("a[href]")}
    found |= set(re.findall(r"https?://\S+", message.body))
    return [urlsplit(address).path for address in found]


class Scanner:
    """Follows what it finds, two pages deep. Without cookies each request is a stranger's."""

    def __init__(self, *, keeps_cookies):
        self.keeps_cookies = keeps_cookies
        self.client = Client(enforce_csrf_checks=True)
        self.submitted = []

    def ask(self, method, path, data=None):
        if not self.keeps_cookies:
            self.client = Client(enforce_csrf_checks=True)
        return getattr(self.client, method)(path, data or {}, follow=True)

    def scan(self, path, depth=2):
        page = self.ask("get", path)
        here = page.redirect_chain[-1][0] if page.redirect_chain else path
        for form in LexborHTMLParser(page.content).css("form"):
            for fields in self.answers(form):
                target = urljoin(here, form.attributes.get("action") or here)
                method = (form.attributes.get("method") or "get").lower()
                self.submitted.append((method, urlsplit(target).path))
                self.ask(method, target, fields)
        if depth:
            for node in LexborHTMLParser(page.content).css("main a[href^='/']"):
                self.scan(node.attributes["href"], depth - 1)

    def answers(self, form):
        """The form as it stands, once for each button and each choice."""
        fields = {
            node.attributes["name"]: node.attributes.get("value") or "x@example.org"
            for node in form.css("input[name], textarea[name]")
            if node.attributes.get("type") not in {"radio", "submit"}
        }
        buttons = [
            {node.attributes["name"]: node.attributes.get("value") or ""}
            for node in form.css("button[name], input[type=submit][name], input[type=radio][name]")
        ]
        return [fields | button for button in buttons or [{}]]


@pytest.mark.parametrize("keeps_cookies", [False, True])
def test_a_scanner_of_the_mail_changes_nothing(due, keeps_cookies):
    (message,) = mail.outbox
    before = everything()
    scanner = Scanner(keeps_cookies=keeps_cookies)
    paths = addresses(message)
    assert paths == ["/alex/bays/freshness/"]
    for path in paths:
        scanner.scan(path)
        for answer in FreshnessAsk.Answer.values:
            scanner.ask("post", path, {"answer": answer})
    assert scanner.submitted  # it did find forms: the sign-in page has one
    assert everything() == before


def test_even_her_own_browser_changes_nothing_by_opening_the_link(due, member, client):
    client.force_login(member.person)
    before = everything()
    assert client.get("/alex/bays/freshness/").status_code == 200
    assert everything() == before


def test_her_answer_does(due, member, client):
    client.force_login(member.person)
    response = client.post("/alex/bays/freshness/", {"answer": "still_true"})
    assert response.status_code == 302
    assert FreshnessAsk.objects.get().answer == "still_true"


def test_a_strangers_answer_is_refused(due, neighbour, client):
    client.force_login(neighbour.person)
    assert client.post("/alex/bays/freshness/", {"answer": "ended"}).status_code == 403
