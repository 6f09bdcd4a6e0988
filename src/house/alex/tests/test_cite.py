"""Citations are parsed here by small readers of their grammars, so that no letter can break one."""

import datetime
import json
import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from house.access.candour import Credit
from house.alex import cite, jsonld
from house.ground.jsonld import in_script

PLAIN = cite.Citation(
    code="b7k2",
    kind="case_study",
    title="Night permits",
    authors=("Policy adviser, Ghent",),
    published=datetime.date(2026, 3, 4),
    version=2,
    language="nl",
    url="https://house.example/alex/night-permits/",
    summary="What a port city tried.",
    keywords=("short-term rental", "permits"),
)
HOSTILE = replace(
    PLAIN,
    title="50 % of {hosts} & \\input{x} #1_a~b^c $\r\nER  - \r\n</script><!-- \u2028",
    authors=("Ghent and Gothenburg", "O'Neil, “the clerk”"),
    summary='}, year = {1999}, "x"',
)


def read_bibtex(text):
    """{field: value} of one entry: values in balanced braces, TeX escapes undone."""
    head = re.match(r"@misc\{([\w-]+),\n", text)
    assert head
    at, fields = head.end(), {}
    while text[at] != "}":
        name = re.match(r"  (\w+) = \{", text[at:])
        assert name, text[at : at + 40]
        at += name.end()
        start, depth = at, 1
        while depth:
            if text[at] == "\\" and text[at + 1] in "{}":
                at += 1
            elif text[at] in "{}":
                depth += 1 if text[at] == "{" else -1
            at += 1
        fields[name[1]] = text[start : at - 1]
        assert text[at : at + 2] == ",\n"
        at += 2
    return fields


def plain(tex):
    for told, letter in (
        (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^"), (r"\textbackslash{}", "\0"),
    ):  # fmt: skip
        tex = tex.replace(told, letter)
    return re.sub(r"\\([{}$&%#_])", r"\1", tex).replace("\0", "\\")


def read_ris(text):
    assert text.endswith("ER  - \r\n")
    rows = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.split("\r\n")[:-1]]
    assert all(rows)
    return [(row[1], row[2]) for row in rows]


def test_bibtex_names_what_a_citation_needs():
    fields = read_bibtex(cite.bibtex(PLAIN))
    assert fields["title"] == "{Night permits}"
    assert fields["author"] == "{Policy adviser, Ghent}"
    assert (fields["year"], fields["edition"], fields["url"]) == ("2026", "2", PLAIN.url)


def test_no_letter_breaks_bibtex():
    fields = read_bibtex(cite.bibtex(HOSTILE))
    assert plain(fields["title"][1:-1]).startswith("50 % of {hosts} & \\input{x} #1_a~b^c $ ER")
    assert plain(fields["abstract"]) == HOSTILE.summary
    assert fields["year"] == "2026"
    assert fields["author"].count("} and {") == 1


def test_no_letter_breaks_ris():
    rows = read_ris(cite.ris(HOSTILE))
    assert [tag for tag, _value in rows].count("ER") == 1
    assert rows[0] == ("TY", "RPRT")
    assert [value for tag, value in rows if tag == "AU"] == list(HOSTILE.authors)
    assert ("DA", "2026/03/04") in rows


def test_csl_is_json_with_a_date():
    (record,) = json.loads(cite.csl(HOSTILE))
    assert record["issued"] == {"date-parts": [[2026, 3, 4]]}
    assert record["title"] == HOSTILE.title
    assert record["author"][0] == {"literal": "Ghent and Gothenburg"}


@pytest.mark.parametrize("kind", ["case_study", "policy", "research", "technology", "recording"])
def test_every_kind_can_be_cited(kind):
    for write in cite.WRITERS.values():
        assert write(replace(PLAIN, kind=kind))
    assert jsonld.schema_org(replace(PLAIN, kind=kind), public=True)["@type"]


def test_json_ld_cannot_end_its_script():
    text = in_script(jsonld.schema_org(HOSTILE, public=False))
    assert not set("<>&\u2028\u2029") & set(text)
    told = json.loads(text)
    assert told["name"] == HOSTILE.title
    assert told["isAccessibleForFree"] is False


def test_dublin_core_is_well_formed_whatever_it_says():
    tree = ElementTree.fromstring(jsonld.dublin_core_xml(HOSTILE, licence="CC BY 4.0 <&>"))
    told = {child.tag.rpartition("}")[2]: child.text for child in tree}
    assert told["license"] == "CC BY 4.0 <&>"
    assert [child.text for child in tree if child.tag.endswith("creator")] == list(HOSTILE.authors)


@pytest.mark.parametrize(
    ("credit", "named", "expected"),
    [
        (Credit("Policy adviser", "Ghent", "ghent"), None, ("Policy adviser, Ghent",)),
        (Credit("", "a mid-size port city"), None, ("a mid-size port city",)),
        (Credit("", ""), None, (cite.PUBLISHER,)),
        (Credit("Somebody", "Ghent"), ["A. Author", "B. Author"], ("A. Author", "B. Author")),
    ],
)
def test_a_citation_names_no_more_than_the_credit(credit, named, expected):
    assert cite.authors_of(credit, named) == expected
