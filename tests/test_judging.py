"""`rights.decide` and `visible_to` judge, nothing else: no page asks at which level or with which flag somebody is here."""

import ast
import re
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from house.access.checks import every_route_says_what_it_takes
from house.access.routes import OPEN, SIGNED_IN, route
from house.api import service
from house.api.checks import every_operation_says_what_it_takes
from house.partners.calling import Calling

HOUSE = Path(__file__).parent.parent / "src" / "house"
FACTS = {"level", "is_office", "is_curator", "is_expert", "is_staff", "is_member"}
VIEWERS = {"viewer", "by", "who"}
# Where facts about a viewer may be used, each with the reason.
MAY_KNOW = {
    "access/viewer.py": "states them",
    "partners/viewing.py": "makes them",
    "partners/rights.py": "is the judge, and tells her own level in a refusal",
    "api/house.py": "tells the caller her own level",
    "agora/routing/reading.py": "looks with the eyes of any member for who hides her city",
}


def may_know(file):
    """Policies are the other judge: a visibility rule may use facts."""
    return file.name == "access.py" or str(file.relative_to(HOUSE)) in MAY_KNOW


def judging_in(source):
    """(line, fact) of every fact that is read off a viewer or off who is signed in."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute) or node.attr not in FACTS:
            continue
        holder = node.value
        name = holder.id if isinstance(holder, ast.Name) else getattr(holder, "attr", "")
        if name in VIEWERS or name == "user":
            yield node.lineno, node.attr


CODE = sorted(
    file
    for file in HOUSE.rglob("*.py")
    if not {"tests", "migrations", "bench"} & set(file.parts) and not may_know(file)
)
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
IN_TEMPLATE = re.compile(
    r"\{%\s*(?:if|elif|with)\b[^%]*\b(?:viewer|user)\.(?:level|is_\w+)\s*(?:==|!=| in )"
    r"|\b(?:viewer|request\.user)\.(?:is_office|is_curator|is_expert|is_staff|is_member|is_superuser)\b"
)


def test_no_code_judges_by_level_or_flag():
    found = {
        f"{file.relative_to(HOUSE)}:{line} asks for {fact}: ask `viewer.can(…)` or the policy"
        for file in CODE
        for line, fact in judging_in(file.read_text())
    }
    assert sorted(found) == []


def test_no_template_judges_by_level_or_flag():
    found = [
        str(file.relative_to(HOUSE)) for file in TEMPLATES if IN_TEMPLATE.search(file.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "def page(request):\n    if request.viewer.level == 'premium':\n        return 1",
        "def act(*, by):\n    return by.is_office",
        "ok = viewer.is_staff or viewer.can('alex.read')",
        "def page(request):\n    return request.user.is_curator",
    ],
)
def test_the_search_finds_such_a_judge(source):
    assert list(judging_in(source))


@pytest.mark.parametrize(
    "source", ['{% if viewer.level == "premium" %}', "{% if viewer.is_member %}", "{{ request.user.is_staff }}"]
)  # fmt: skip
def test_the_search_finds_such_a_template(source):
    assert IN_TEMPLATE.search(source)


# -- A route that forgets to say what it takes stops the house from starting ----------------------


def _page(request):
    return HttpResponse()


def _declared(takes, acts=""):
    def page(request):
        return HttpResponse()

    return route(takes, acts=acts)(page)


def complaints(*patterns):
    """What the check says of a house whose URL conf is this."""
    conf = type("conf", (), {"urlpatterns": list(patterns)})
    with override_settings(ROOT_URLCONF=conf):
        return [(each.id, each.msg) for each in every_route_says_what_it_takes(None)]


def test_an_undeclared_route_stops_the_house():
    found = complaints(
        path("in/", include([path("forgotten/", _page)])), path("x/", _declared(OPEN))
    )
    assert [each for each, _msg in found] == ["access.E002"]
    assert "in/forgotten/" in found[0][1]


@pytest.mark.parametrize("declared", [_declared("alex.fly"), _declared(OPEN, "alex.fly")])
def test_a_route_with_an_unknown_capability_stops_the_house(declared):
    assert [each for each, _msg in complaints(path("x/", declared))] == ["access.E003"]


@pytest.mark.parametrize("takes", [OPEN, SIGNED_IN, "alex.read"])
def test_a_declared_route_is_accepted(takes):
    assert complaints(path("x/", _declared(takes))) == []


@pytest.mark.parametrize("judged_by", [None, Calling("alex.fly"), lambda request: request])
def test_an_operation_that_nobody_judges_stops_the_house(judged_by):
    operation = next(service.operations())
    kept = operation.auth_param
    operation.auth_param = judged_by
    try:
        assert [each.id for each in every_operation_says_what_it_takes(None)] == ["access.E004"]
    finally:
        operation.auth_param = kept
    assert every_operation_says_what_it_takes(None) == []


def test_the_checks_run_with_all_others():
    assert [each for each in run_checks() if each.id.startswith("access.")] == []
