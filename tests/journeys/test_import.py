"""The office takes documents in: looks first, reads why some are refused, imports the rest."""

import json

import pytest
from playwright.sync_api import expect

from house.alex.importing import runs
from house.alex.models import Entry, ImportRun
from house.alex.tests import hostile
from tests.factories import PersonFactory


@pytest.fixture
def files(tmp_path, settings):
    settings.EMBEDDINGS_URL = "none"
    rules = tmp_path / "rules.jsonl"
    rules.write_text("\n".join(json.dumps(hostile.passage(n, doc=f"d{n}")) for n in range(3)))
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(hostile.pdf(hostile.WORDS, password="secret"))
    loop = tmp_path / "loop.vtt"
    loop.write_bytes(hostile.vtt(*["Thank you."] * 40))
    return [str(rules), str(locked), str(loop)]


def work():
    """What the worker does with everything that waits."""
    for run in ImportRun.objects.filter(state="waiting"):
        runs.carry_out(run.pk)


def test_look_first_then_import(visit, files):
    page = visit("/office/", person=PersonFactory(is_office=True))
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Look first, write nothing").click()
    page.get_by_text("Waiting for its turn").wait_for()
    work()
    page.get_by_text("Nothing was written").wait_for()  # the page asked again by itself
    report = page.get_by_role("table", name="Documents")
    report.get_by_text("The PDF is protected by a password").wait_for()
    report.get_by_text("This is not a true transcript").wait_for()
    assert not Entry.objects.exists()

    page.get_by_role("button", name="Import these now").click()
    page.get_by_text("Waiting for its turn").wait_for()
    work()
    page.get_by_text("Its words can be found now").wait_for()
    page.get_by_role("navigation", name="Filter the report").get_by_role(
        "link", name="Refused"
    ).click()
    expect(report.get_by_role("row")).to_have_count(3)
    assert Entry.objects.count() == 3


def test_it_works_without_scripts(visit, files):
    page = visit("/office/import/", person=PersonFactory(is_curator=True), scripts=False)
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Import at once").click()
    work()
    page.get_by_role("link", name="Look again").click()
    page.get_by_text("Its words can be found now").wait_for()
    page.get_by_role("link", name="Rules for hosts").first.wait_for()


def test_axe_finds_nothing_while_documents_come_in(axe, visit, files):
    office = PersonFactory(is_office=True)
    page = visit("/office/import/", person=office)
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Import at once").click()
    address = ImportRun.objects.get().get_absolute_url()
    assert axe(address, person=office) == []
    work()
    assert axe(address, person=office) == []
    assert axe("/office/import/", person=office) == []
