import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from house.alex.importing import runs
from house.alex.models import Entry, ImportRecord, ImportRun
from house.alex.tests import hostile
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PAGE = "/office/import/"


@pytest.fixture(autouse=True)
def by_words_alone(settings):
    settings.EMBEDDINGS_URL = "none"


def upload(client, *files, act=None, **options):
    made = [SimpleUploadedFile(name, data) for name, data in files]
    data = {"documents": made, "audience": "alliance", **options, **({act: "1"} if act else {})}
    return client.post(PAGE, data)


def lines(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


RULES = ("rules.jsonl", lines(hostile.passage(1), hostile.passage(1, doc="bad", text="")))


def carry_out(run):
    runs.carry_out(run.pk)
    run.refresh_from_db()
    return run


def test_only_the_desk_sees_the_page_and_its_reports(
    client_factory, member, associate, office, curator
):
    upload(client_factory(office), RULES)
    run = carry_out(ImportRun.objects.get())
    addresses = [PAGE, run.get_absolute_url()]
    for person in (None, member.person, associate.person, PersonFactory(is_expert=True)):
        client = client_factory(person)
        assert {client.get(address).status_code for address in addresses} <= {302, 404}
        assert upload(client, RULES).status_code in {302, 404}
        assert client.post(f"{run.get_absolute_url()}act/", {"act": "import"}).status_code in {
            302,
            404,
        }
    assert ImportRun.objects.count() == 1
    for person in (office, curator):
        client = client_factory(person)
        assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_rehearse_read_the_report_then_import(client_factory, office):
    client = client_factory(office)
    answer = upload(client, RULES)
    run = ImportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert (run.is_rehearsal, run.state, run.files) == (True, "waiting", ["rules.jsonl"])
    page = client.get(answer.url).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "Look again" in page

    carry_out(run)
    assert not Entry.objects.exists()
    page = client.get(answer.url).content.decode()
    assert 'hx-trigger="every' not in page
    assert "Nothing was written" in page
    assert "“text” is missing or empty." in page
    assert '<td dir="auto">rules.jsonl, line 2' in page

    act = client.post(f"{run.get_absolute_url()}act/", {"act": "import"})
    real = ImportRun.objects.exclude(pk=run.pk).get()
    assert act.url == real.get_absolute_url()
    carry_out(real)
    entry = Entry.objects.get()
    page = client.get(real.get_absolute_url()).content.decode()
    assert entry.get_absolute_url() in page
    assert not runs.folder_of(real).exists()
    assert not runs.folder_of(run).exists()
    again = client.post(f"{run.get_absolute_url()}act/", {"act": "import"})
    assert again.status_code == 409
    assert ImportRun.objects.count() == 2


def test_a_part_of_the_page_answers_htmx_alone(client_factory, office):
    client = client_factory(office)
    upload(client, RULES, act="now")
    run = ImportRun.objects.get()
    part = client.get(run.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="run"')
    assert "<html" not in part


def test_the_report_is_filtered_by_what_became_of_each(client_factory, office):
    client = client_factory(office)
    upload(client, RULES, act="now")
    run = carry_out(ImportRun.objects.get())
    assert (run.is_rehearsal, run.counts["created"], run.counts["refused"]) == (False, 1, 1)
    refused = client.get(run.get_absolute_url(), {"status": "refused"})
    assert [row.source_id for row, *_rest in refused.context["rows"]] == ["bad"]
    assert [(label, count) for _h, label, _c, count in refused.context["tabs"]] == [
        ("All", 2),
        ("Created", 1),
        ("Refused", 1),
    ]
    nonsense = client.get(run.get_absolute_url(), {"status": "<x>", "page": "y"})
    assert nonsense.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_three_rows_as_for_one(
    client_factory, office, count, django_assert_num_queries
):
    client = client_factory(office)
    rows = [hostile.passage(1, doc=f"d{number}") for number in range(count)]
    upload(client, ("x.jsonl", lines(*rows)), act="now")
    run = carry_out(ImportRun.objects.get())
    client.get(run.get_absolute_url())
    with django_assert_num_queries(12):
        client.get(run.get_absolute_url())


def test_names_of_uploads_lead_nowhere(client_factory, office):
    client = client_factory(office)
    names = ["../../evil.md", "/etc/x.md", "..\\up.md", ".hidden.md", "same.md", "same.md"]
    upload(client, *[(name, b"# Title\n\nWords.") for name in names])
    run = ImportRun.objects.get()
    kept = sorted(path.name for path in (runs.folder_of(run) / "uploaded").iterdir())
    assert kept == ["evil.md", "hidden.md", "same-2.md", "same.md", "up.md", "x.md"]
    assert (runs.folder_of(run) / "uploaded").stat().st_mode & 0o077 == 0


def test_what_is_too_large_is_not_received(client_factory, office):
    client = client_factory(office)
    answer = client.generic("POST", PAGE, b"x", content_type="multipart/form-data; boundary=b",
                            CONTENT_LENGTH=str(500 * 1024 * 1024))  # fmt: skip
    assert answer.status_code == 413
    assert "larger than 250 MB" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_forged_upload_is_refused(client_factory, office):
    client = client_factory(office, enforce_csrf_checks=True)
    assert upload(client, RULES).status_code == 403
    page = client.get(PAGE).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert upload(client, RULES, csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"audience": "city"}, "Say which city"),
        ({"audience": "circle"}, "Say which circle"),
        ({"audience": "nobody"}, "Who may read them?"),
    ],
)
def test_what_can_t_be_is_said_on_the_form(client_factory, office, options, sentence):
    answer = upload(client_factory(office), RULES, **options)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_no_file_and_an_empty_file_are_said_at_the_field(client_factory, office):
    client = client_factory(office)
    assert (
        "Choose at least one file." in client.post(PAGE, {"audience": "alliance"}).content.decode()
    )
    assert "One of the files is empty." in upload(client, ("x.md", b"")).content.decode()


def test_a_stopped_import_goes_on_where_it_was(client_factory, office):
    client = client_factory(office)
    upload(client, RULES, act="now")
    run = ImportRun.objects.get()
    long_ago = timezone.now() - 2 * runs.STALLED
    ImportRun.objects.update(state="running", started_at=long_ago, beat_at=long_ago)
    assert "It seems to have stopped" in client.get(run.get_absolute_url()).content.decode()

    client.post(f"{run.get_absolute_url()}act/", {"act": "continue"})
    assert carry_out(run).state == "done"
    assert ImportRecord.objects.filter(run=run).count() == 2
    runs.carry_out(run.pk)  # a task that runs twice changes nothing
    assert ImportRecord.objects.filter(run=run).count() == 2
    assert client.post(f"{run.get_absolute_url()}act/", {"act": "continue"}).status_code == 409


def test_who_lost_her_desk_meanwhile_imports_nothing(client_factory, office):
    upload(client_factory(office), RULES, act="now")
    office.is_office = False
    office.save()
    run = carry_out(ImportRun.objects.get())
    assert (run.state, Entry.objects.count()) == ("failed", 0)
    assert "office and the curators" in run.problem


def test_what_only_one_may_read_is_reported_to_that_one(client_factory, office, curator):
    upload(client_factory(curator), RULES, act="now", audience="private")
    run = carry_out(ImportRun.objects.get())
    assert Entry.objects.get().author == curator
    assert client_factory(curator).get(run.get_absolute_url()).status_code == 200
    assert client_factory(office).get(run.get_absolute_url()).status_code == 404
    assert "rules.jsonl" not in client_factory(office).get(PAGE).content.decode()


def test_files_that_nobody_followed_up_are_removed(client_factory, office):
    import os

    client = client_factory(office)
    upload(client, RULES)
    old = carry_out(ImportRun.objects.get())
    ImportRun.objects.update(asked_at=timezone.now() - 2 * runs.KEPT_FILES)
    os.utime(runs.folder_of(old), (1, 1))
    upload(client, RULES)
    assert not runs.folder_of(old).exists()
    newest = ImportRun.objects.first()
    client.post(f"{newest.get_absolute_url()}act/", {"act": "drop"})
    assert runs.folder_of(newest).exists()  # it waits for the worker still
    carry_out(newest)
    client.post(f"{newest.get_absolute_url()}act/", {"act": "drop"})
    assert not runs.folder_of(newest).exists()


def test_the_page_links_from_the_desk(client_factory, office):
    assert reverse("office:import") in client_factory(office).get("/office/").content.decode()


def test_the_reading_for_meaning_has_its_own_progress(client_factory, office, settings):
    settings.EMBEDDINGS_URL = (
        "http://localhost:1/never-asked"  # counted, and embedded by nobody here
    )
    client = client_factory(office)
    upload(client, ("x.jsonl", lines(hostile.passage(1), hostile.passage(2))), act="now")
    run = carry_out(ImportRun.objects.get())
    answer = client.get(run.get_absolute_url())
    assert answer.context["meaning"] == {"done": 0, "of": 2}
    page = answer.content.decode()
    assert "2 passages left" in page
    assert 'hx-select="#meaning"' in page
