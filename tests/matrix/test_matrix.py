"""Every route × method × kind of person × state of its thing, against a table written by hand (table.toml)."""

import re
from collections import defaultdict

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix.plan import (
    ABSENT,
    IN,
    KINDS,
    METHODS,
    REFUSED,
    ROWS,
    SIGN_IN,
    WRONG,
    group,
)
from tests.matrix.world import SECRETS

# The world stands in a transaction around those of the tests.
pytestmark = pytest.mark.django_db
DONE = {200, 201, 202, 204, 302, 303, 400, 409, 413, 422}
SECRET = re.compile("|".join(SECRETS), re.IGNORECASE)
# In letters by lot any short word comes up in the end.
BY_LOT = re.compile(r'\b[A-Za-z0-9]{64}\b|nonce="[^"]+"')
A_FEW = ("public", "ended", "partner", "office", "signed out")
POSTING = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
# Changes nothing but the colours: asked for by kept pages too, which carry no token.
WITHOUT_TOKEN = 'action="/theme/"'


class Browser(RequestFactory):
    """Django's test client without its record of rendered templates, which costs more than the page."""

    def __init__(self, *, enforce_csrf_checks=False):
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=enforce_csrf_checks)

    def request(self, **environ):
        return self.handler(self._base_environ(**environ))


class Asked:
    """An answer, with its body read."""

    def __init__(self, response):
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        self.text = content.decode("utf-8", "replace") + self.location
        self.length = len(content)
        response.close()

    @property
    def asks_to_sign_in(self):
        return self.status == 401 or "/accounts/sign-in/" in self.location


@pytest.fixture(scope="module")
def browser():
    return Browser()


@pytest.fixture(scope="module")
def strict_browser():
    return Browser(enforce_csrf_checks=True)


def ask(browser, world, row, kind, method, state):
    """One request, undone again."""
    arguments = {**row.fill, **(world.things[row.thing][state] if row.thing else {})}
    headers = {}
    browser.cookies.clear()
    if row.is_api:
        if kind in world.keys:
            headers["Authorization"] = f"Bearer {world.keys[kind]}"
    elif kind in world.sessions:
        browser.cookies["house"] = world.sessions[kind]
    address = reverse(row.name, kwargs=arguments)
    for cache in caches.all():
        cache.clear()
    with transaction.atomic():
        if method in {"GET", "HEAD"}:
            response = getattr(browser, method.lower())(address, row.query, headers=headers)
        else:
            sent = {"content_type": "application/json"} if row.is_api else {}
            if method != "POST":
                sent = {"content_type": "application/json", "data": "{}"}
            else:
                sent["data"] = row.body
            response = getattr(browser, method.lower())(address, headers=headers, **sent)
        answer = Asked(response)
        transaction.set_rollback(True)
    return answer


def fits(answer, expected, row, method, *, let_in):
    """Is the answer of the sort that the table expects?"""
    # No answer of ours is an error of the house, whatever is asked.
    if answer.status >= 500:
        return False
    if row.always and expected != WRONG:
        return answer.status == row.always
    if expected == WRONG and row.loose and method != "GET":
        return answer.status in DONE | {200, 403, 405}
    if expected == IN:
        wanted = {200, 204, 301, 302} if method in {"GET", "HEAD"} else DONE
        return answer.status in wanted and (row.back or not answer.asks_to_sign_in)
    if expected == SIGN_IN:
        return answer.asks_to_sign_in or (row.is_api and answer.status == 403)
    if expected == REFUSED:
        return answer.status == 403
    if expected == ABSENT:
        return answer.status == 404
    # The wrong method: whoever may not enter may be told that first.
    if let_in:
        return answer.status == 405 or (method == "OPTIONS" and answer.status == 200)
    return answer.status in {401, 403, 404, 405} or answer.asks_to_sign_in


def cells(row):
    """(kind, method, state). A wrong method is judged before person and thing: few ask it, in one state."""
    for state in row.all_states:
        for method in METHODS:
            # HEAD runs the view of GET: one state and a few show whether it may be asked at all.
            in_short = row.phrase(method) is None or method == "HEAD"
            if in_short and state != row.all_states[0]:
                continue
            for kind in A_FEW if in_short else KINDS:
                yield kind, method, state


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_the_house_answers_as_the_table_says(world, browser, row):
    wrong, statuses = [], defaultdict(dict)
    for kind, method, state in cells(row):
        answer = ask(browser, world, row, kind, method, state)
        expected = row.expects(kind, method, state)
        let_in = any(row.phrase(each) is not None and row.passes(kind, each) for each in METHODS)
        if not fits(answer, expected, row, method, let_in=let_in):
            wrong.append(f"{method} {state} as {kind}: {expected} expected, {answer.status} came")
        statuses[kind, state][method] = answer.status
        met = {word.lower() for word in SECRET.findall(BY_LOT.sub("", answer.text))}
        for word in met:
            if kind not in group(SECRETS[word]) and not own(world, kind, word, answer.text):
                wrong.append(f"{method} {state} as {kind}: tells {word}")
        if any(
            "csrfmiddlewaretoken" not in f
            for f in POSTING.findall(answer.text)
            if WITHOUT_TOKEN not in f
        ):
            wrong.append(
                f"{method} {state} as {kind}: has a form that can't be sent, without a token"
            )
        if method == "HEAD" and answer.length:
            wrong.append(f"HEAD {state} as {kind}: has a body")
    for (kind, state), by_method in statuses.items():
        if by_method.get("HEAD", by_method.get("GET")) != by_method.get("GET"):
            wrong.append(f"HEAD {state} as {kind}: {by_method['HEAD']}, GET {by_method['GET']}")
    assert not wrong, "\n".join(wrong)


def own(world, kind, word, text):
    """One's own name and address are no secret to oneself."""
    if kind not in world.persons or word not in {"zzname", "zzmail"}:
        return False
    person = world.persons[kind]
    return word not in text.lower().replace(person.name.lower(), "").replace(person.email, "")


POSTS = [
    row
    for row in ROWS.values()
    if row.post not in {None, "nobody"} and row.all_states and not row.is_api and not row.always
]


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.name)
def test_a_form_without_its_token_changes_nothing(world, strict_browser, row):
    """Asked as somebody who may: what keeps her out is the missing token alone."""
    state = row.all_states[0]
    kind = next((kind for kind in KINDS if row.expects(kind, "POST", state) == IN), None)
    assert kind, f"nobody may POST to {row.name} in the state {state!r}"
    answer = ask(strict_browser, world, row, kind, "POST", state)
    assert (answer.status == 403) == (not row.exempt), answer.status


def names(patterns=None, space=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if str(pattern.pattern) == "magazine/desk/":
            continue  # Wagtail's: every one of them, asked as each kind, in magazine/tests/test_desk.py
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else f"without a name: {pattern.pattern}"


def test_the_table_knows_every_route():
    missing = sorted(set(names()) - set(ROWS))
    assert not missing, (
        "tests/matrix/table.toml lacks these routes. Add one line for each under [routes], such as\n"
        + "\n".join(f'"{name}" = {{ get = "office", hidden = true }}' for name in missing)
    )
    assert sorted(set(ROWS) - set(names())) == [], "in the table, but gone from the house"
