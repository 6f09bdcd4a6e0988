"""Every way out of the rules: page, files, API, history and search, each by the reader's door."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from house.atlas.clauses import actions, queries
from house.atlas.clauses.models import Clause
from house.atlas.clauses.tests.conftest import facts
from house.partners.viewing import viewer_for
from house.retrieval import outbox
from tests.factories import CityFactory

pytestmark = pytest.mark.django_db

DRAFT, INSIDE, FORMER = "zzruledraft", "zzruleinside", "zzruleformer"


@pytest.fixture
def two(clause_of):
    """Two cities: one answers yes, one no; and what must not leak beside them."""
    one, other = CityFactory(name="Norddorf"), CityFactory(name="Suddorf")
    clause_of(one, "licence", quote="A host needs a licence.")
    clause_of(other, "licence", answer="no", quote="No licence is needed.")
    clause_of(one, "cap-nights", value=Decimal(30), unit="nights a year", note="=1+1")
    clause_of(one, "tax", out=False, quote=DRAFT, note=DRAFT)
    clause_of(other, "tax", audience="alliance", quote=INSIDE, note=INSIDE)
    return one, other


def address(name, *cities, form=None, **more):
    where = reverse(f"clauses:{name}", args=[form] if form else [])
    told = "&".join(
        [*(f"city={city.slug}" for city in cities), *(f"{k}={v}" for k, v in more.items())]
    )
    return f"{where}?field=short-term-rental&{told}"


def cells(page):
    """Question → the answers in its row, as words."""
    rows = re.findall(r'<tr class="rules__row.*?</tr>', page, re.DOTALL)
    return {
        re.search(r'rules__label">(.*?)<', row)[1]: [
            re.sub(r"<[^>]+>", "", each).strip()
            for each in re.findall(r'answer__words">(.*?)</p>', row, re.DOTALL)
        ]
        for row in rows
    }


def test_answers_stand_side_by_side_and_unknown_is_no_no(client, two):
    page = client.get(address("compare", *two)).text
    found = cells(page)
    assert found["Licence or registration"] == ["Yes", "No"]
    assert found["Cap on nights"] == ["30 nights a year", "Unknown"]
    assert found["Tax"] == ["Unknown", "Unknown"]
    assert "A host needs a licence." in page
    assert "Differ" in page


def test_only_what_differs(client, two):
    page = client.get(address("compare", *two, only="differences")).text
    assert list(cells(page)) == ["Licence or registration"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "No rules of this field are known yet"),
        ("?field=<b>&city=nowhere&only=x", "No rules of this field are known yet"),
        ("?field=for-hire", "No rules of this field are known yet"),
    ],
)
def test_an_address_that_asks_nonsense_gets_a_page(client, db, query, told):
    assert told in client.get(reverse("clauses:compare") + query).text


def test_more_than_six_cities_are_told_of(client, clause_of):
    cities = [CityFactory() for _ in range(7)]
    page = client.get(address("compare", *cities)).text
    assert "the first 6 are shown" in page
    assert page.count('scope="col"') == 7


def test_a_visitor_gets_no_draft_and_nothing_of_the_alliance(client, two, member):
    outbox.drain()
    ways = [
        address("compare", *two), address("table", *two, form="csv"), "/api/v1/clauses",
        f"/search/?q={DRAFT}", f"/search/?q={INSIDE}",
    ]  # fmt: skip
    for way in ways:
        response = client.get(way)
        text = results(response) if "search" in way else response.text
        assert DRAFT not in text, way
        assert INSIDE not in text, way
        assert "Suddorf: Tax" not in text, way
    client.force_login(member.person)
    assert INSIDE in client.get(ways[0]).text
    assert DRAFT not in client.get(ways[0]).text
    assert "Suddorf: Tax" in results(client.get(ways[4]))


def results(response):
    """What the search page found, without the words that were asked for."""
    return " ".join(re.findall(r'class="row__title".*?</li>', response.text, re.DOTALL))


def test_csv_is_what_is_seen_and_no_formula(client, two, settings):
    response = client.get(address("table", *two, form="csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    told = [(row["Rule"], row["City"], row["Answer"], row["In words"]) for row in rows[:6]]
    assert told[0] == ("Licence or registration", "Norddorf", "Yes", "Yes")
    assert told[1] == ("Licence or registration", "Suddorf", "No", "No")
    assert told[4:6] == [
        ("Cap on nights", "Norddorf", "Yes", "30 nights a year"),
        ("Cap on nights", "Suddorf", "Unknown", "Unknown"),
    ]
    assert rows[4]["Note"] == "'=1+1"
    assert {row["Page"] for row in rows} == {
        f"{settings.BASE_URL}/atlas/rules/?field=short-term-rental&city={two[0].slug}&city={two[1].slug}"
    }
    only = client.get(address("table", *two, form="csv", only="differences"))
    assert only.content.count(b"\r\n") == 3


def test_word_document_repeats_its_heading_and_marks_languages(client, two, clause_of):
    clause_of(two[0], "shown-number", quote="חובה להציג מספר", quote_language="he")
    response = client.get(address("table", *two, form="docx"))
    made = Document(io.BytesIO(response.content))
    table = made.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Rule",
        "Norddorf",
        "Suddorf",
        "Compared",
    ]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    page = made.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)
    assert made.core_properties.created.date() == timezone.localdate()
    assert table.rows[1].cells[1].text.startswith("Yes [1]")
    assert table.rows[2].cells[2].text == "Unknown"
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert (
        "[1] Norddorf, Licence or registration. Housing by-law. https://example.org/by-law" in text
    )
    assert "/atlas/rules/?field=short-term-rental" in text
    assert DRAFT not in made.element.xml
    assert INSIDE not in made.element.xml
    assert 'w:val="he"' in made.element.xml


def test_the_page_leads_to_a_table_a_workbook_and_a_document_of_itself(client, two):
    page = client.get(address("compare", *two)).content.decode()
    files = [html.unescape(href) for href in re.findall(r'href="([^"]+)" download', page)]
    assert [href.split("?")[0].rsplit(".")[-1] for href in files] == ["csv", "xlsx", "docx"]
    lines = list(csv.reader(io.StringIO(client.get(files[0]).content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(client.get(files[1]).content)).active
    assert [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(max_col=3)] == [
        line[:3] for line in lines
    ]


def test_cities_of_which_nothing_is_known_say_so_at_once(client, two):
    said = "Nothing is known of these cities in this field yet"
    quiet = [CityFactory(name="Ostdorf"), CityFactory(name="Westdorf")]
    assert said in client.get(address("compare", *quiet)).text
    assert said not in client.get(address("compare", *two)).text


def test_program_gets_the_same(client, two):
    told = client.get("/api/v1/clauses?field=short-term-rental&type=licence").json()
    assert [(each["city"], each["answer"]) for each in told["items"]] == [
        (two[0].slug, "yes"), (two[1].slug, "no"),
    ]  # fmt: skip
    assert told["next"] is None


def test_what_was_said_to_fewer_stays_with_them(client, clause_of, by, member):
    """Opening a clause to everybody does not open what it said before."""
    clause = clause_of(audience="alliance", quote=FORMER, note=FORMER)
    actions.change_clause(clause, facts(quote="Now."), by=by, why="New law", seen=1)
    actions.change_clause(
        Clause.objects.get(pk=clause.pk),
        facts(quote="Now."),
        by=by,
        why="",
        seen=2,
        audience="public",
    )
    page = client.get(clause.get_absolute_url()).text
    assert "Now." in page
    assert FORMER not in page
    client.force_login(member.person)
    page = client.get(clause.get_absolute_url()).text
    assert FORMER in page
    assert "New law" in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_comparison_takes_the_same_queries_however_much_is_known(
    client, clause_of, number, django_assert_num_queries
):
    cities = [CityFactory() for _ in range(number)]
    for city in cities:
        for kind in ("licence", "tax", "zone")[:number]:
            clause_of(city, kind)
    viewer = viewer_for(None)
    with django_assert_num_queries(1):
        board = queries.board(viewer, "short-term-rental", cities)
        assert [cell.words for row in board.rows for cell in row.cells if cell.clause]
    with django_assert_num_queries(2):
        assert (
            len(queries.best_known(queries.cities_with_counts(viewer, "short-term-rental")))
            == number
        )


def test_an_invented_city_is_offered_only_where_rules_of_it_are_known(client, clause_of):
    CityFactory(name="Nowhere", is_invented=True)
    shown = CityFactory(name="Elsewhere", is_invented=True)
    page = client.get(address("compare")).text
    assert ("Nowhere" in page, "Elsewhere" in page) == (False, False)
    clause_of(shown, "licence")
    page = client.get(address("compare")).text
    assert ("Nowhere" in page, "Elsewhere" in page) == (False, True)
