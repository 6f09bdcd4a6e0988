"""What must hold of the house as a whole: docs that tell everything, locks without addresses, templates without inline code."""

import re
from pathlib import Path

import pytest
from django.core.checks import run_checks

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "house"
FLOORS = sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("floor", FLOORS)
def test_every_floor_and_room_has_a_readme_and_stands_on_the_map(floor):
    readme = HOUSE / floor / "README.md"
    assert readme.exists()
    assert len(readme.read_text().splitlines()) <= 40
    assert re.search(rf"\b{floor}\b", (ROOT / "docs" / "architecture.md").read_text())


def test_every_setting_is_described():
    code = "".join(path.read_text() for path in HOUSE.rglob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"(HOUSE_[A-Z_]+)"', code))
    described = (ROOT / "docs" / "operations.md").read_text()
    assert sorted(name for name in read if name not in described) == []


def test_every_command_is_in_the_operators_list():
    from house.cli import OUR_OWN, OURS

    named = {path.stem for path in HOUSE.glob("**/management/commands/*.py")} - {"__init__"}
    offered = {OUR_OWN.get(name, name.replace("-", "_")) for name in OURS}
    assert offered - named == set()


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_python_locks_hold_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)
    assert pins
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index-url" not in text


def test_the_npm_lock_holds_hashes_and_no_addresses():
    text = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert '"resolved"' not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_templates_have_no_inline_code_and_no_foreign_address(template):
    text = template.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)
    assert "<style" not in text
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/ld+json"' in script, script
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_titles_lead_from_the_page_to_the_house_by_one_sign(template):
    """A row of tabs reads "Thread · Agora", never "Thread – Agora" beside it."""
    title = re.search(r"{% block title %}.*?{% endblock", template.read_text(encoding="utf-8"))
    assert title is None or " – " not in title[0]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_templates_do_not_ask_who_somebody_is(template):
    """Roles are judged in policies; a view passes `may_edit`."""
    assert not re.search(
        r"is_office|is_curator|is_expert|is_staff|user\.is_superuser", template.read_text()
    )


def test_no_system_check_complains():
    assert run_checks() == []


def test_security_headers_stand_on_every_answer(client, db):
    for address in ("/healthz", "/accounts/sign-in/", "/nowhere/"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "trusted-types default" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
