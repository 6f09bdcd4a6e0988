"""Every way out of the house. Each reader gives all the text that a viewer gets by it.

`tests/test_doors.py` runs canaries through all of them, and compares `COVERED` and `OPEN` with the URL names, so that
a new way out fails the suite until it stands here.
"""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.management import call_command
from django.urls import reverse

from tests.listed import listed
from tests.ways_out import (
    agora,
    agora_routing,
    calendars,
    clauses,
    gatherings,
    groups,
    hosting,
    initiatives,
    magazine,
    market,
    meetings,
    memory,
    mobility,
    notices,
    radar,
    showcase,
)

WORD = "canary"


@dataclass(frozen=True)
class Look:
    """A browser of the viewer, her headers for the API, and what could leak."""

    client: Any
    headers: dict[str, str]
    person: Any
    entries: list[Any]


def _text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") if response.status_code == 200 else ""


def _get(look, name, *args, api=False, **query):
    headers = look.headers if api else {}
    return _text(look.client.get(reverse(name, args=args), query, headers=headers))


def _each(look, name, *more, **query):
    return "".join(_get(look, name, entry.slug, *more, **query) for entry in look.entries)


# -- Pages ---------------------------------------------------------------------------------------


def home(look):
    return _get(look, "front:home")


def lexicon(look):
    return _get(look, "alex:entry_list")


def search_page(look):
    return _get(look, "front:search", q=WORD)


def search_with_a_typo(look):
    return _get(look, "front:search", q="canarry")


def search_for_a_hidden_word(look):
    """Asks for each canary by its own name: neither hit, count, facet nor suggestion may tell."""
    return "".join(
        _without(
            _get(look, "front:search", q=f"zz{entry.canary}"), f"zz{entry.canary}", entry.title
        )
        for entry in look.entries
    )


def _without(page: str, typed: str, title: str) -> str:
    """The page less the echo of what was typed: only a title or summary proves a leak."""
    return page if title in page else page.replace(typed, "")


def suggestions(look):
    return _get(look, "front:suggest", q=WORD)


def ask_page(look):
    return _get(look, "front:ask", q=f"What happened with the {WORD} of the harbour?")


def city_page(look):
    return _get(look, "front:city", "city-aaa") + _get(look, "front:city", "city-bbb")


def topic_page(look):
    return _get(look, "front:topic", "bike-sharing")


def entry_page(look):
    return _each(look, "alex:entry")


def entry_versions(look):
    return _each(look, "alex:entry_versions")


def entry_version(look):
    return _each(look, "alex:entry_version", 1)


def entry_diff(look):
    return "".join(
        _get(look, "alex:entry_diff", entry.slug, old=1, new=1) for entry in look.entries
    )


def entry_share(look):
    return _each(look, "alex:entry_share")


def reviews(look):
    return _get(look, "alex:reviews")


def my_entries(look):
    return _get(look, "alex:my_entries")


# -- Files and formats ---------------------------------------------------------------------------


def cited(look):
    return "".join(_each(look, "alex:entry_cite", form) for form in ("bibtex", "ris", "csl"))


def json_ld(look):
    return _each(look, "alex:entry_jsonld")


def dublin_core(look):
    return _each(look, "alex:entry_dc")


def sitemap(look):
    return "\n".join(listed(look.client))


# -- Programs ------------------------------------------------------------------------------------


def api_search(look):
    return _get(look, "api:find", api=True, q=WORD)


def api_entries(look):
    return _get(look, "api:entries", api=True)


def api_entry(look):
    return "".join(_get(look, "api:entry", entry.slug, api=True) for entry in look.entries)


def api_answers(look):
    return _text(
        look.client.post(
            reverse("api:ask"),
            json.dumps({"question": f"What happened with the {WORD} of the harbour?"}),
            content_type="application/json",
            headers=look.headers,
        )
    )


def command_search(look):
    out = SimpleNamespace(text="")
    out.write = lambda text: setattr(out, "text", out.text + text)
    who = {"as": look.person.email} if look.person else {}
    call_command("search", WORD, stdout=out, **who)
    return out.text


# What a viewer must get from a reader: all canaries she may read, or any of them but no other.
ALL = (
    entry_page,
    entry_version,
    entry_versions,
    cited,
    json_ld,
    dublin_core,
    api_entry,
    api_entries,
)
SOME = (
    home, lexicon, search_page, search_with_a_typo, search_for_a_hidden_word, suggestions, ask_page, city_page,
    topic_page, entry_diff, entry_share, my_entries, reviews, sitemap, api_search, api_answers, command_search,
)  # fmt: skip

COVERED = {
    "front:home", "alex:entry_list", "front:search", "front:suggest", "front:ask", "front:city", "front:city_alike", "front:topic",
    "alex:entry", "alex:entry_versions", "alex:entry_version", "alex:entry_diff", "alex:entry_share",
    "alex:my_entries", "alex:reviews", "alex:entry_cite", "alex:entry_jsonld", "alex:entry_dc", "sitemap", "sitemap_file", "api:find",
    "api:entries", "api:entry", "api:ask",
}  # fmt: skip

# Ways out that carry no entry text, or only to who acts on it: tested where they live, for the reason given.
OPEN = {
    "healthz": "says ok", "readyz": "says ready", "account_login": "a form", "account_logout": "a form",
    "account_request_login_code": "a form", "account_confirm_login_code": "a form", "account_signup": "closed",
    "account_inactive": "a sentence", "mfa_authenticate": "a form", "mfa_login_webauthn": "a challenge",
    "people:security": "one's own", "people:passkey_add": "a form", "people:passkey_remove": "one's own",
    "people:app_on": "a form", "people:app_off": "one's own", "people:recovery_renew": "one's own",
    "people:session_end": "one's own", "people:sessions_end": "one's own", "people:token_make": "a form",
    "people:token_revoke": "one's own", "people:confirm": "a form", "people:carry_on": "what she herself typed", "mailbox": "the demonstration's own mail",
    "people:me": "leads to one's own profile", "people:profile_edit": "one's own profile",
    "people:signin_link": "an operator's link", "people:person": "people/tests/test_views.py",
    "people:photo": "people/tests/test_views.py", "people:person_list": "people/tests/test_directory.py",
    "people:write": "people/tests/test_contact.py", "people:messages": "people/tests/test_contact.py",
    "people:privacy": "people/tests/test_export.py", "people:privacy_export": "people/tests/test_export.py",
    "people:privacy_erase": "people/tests/test_erasure.py", "people:farewell": "the same for everybody",
    "people:person_erase": "people/tests/test_erasure.py",
    "people:message": "people/tests/test_contact.py", "people:mute": "people/tests/test_contact.py", "office:today": "office/tests/test_desk.py",
    "office:journal": "office/tests/test_desk.py", "office:import": "office/tests/test_import.py",
    "office:import_run": "office/tests/test_import.py", "office:import_act": "leads to the former", "api:openapi-json": "the contract", "api:api-root": "no data",
    "api:me": "the caller", "api:cities": "public", "api:city": "public",
    "api:topics": "public", "api:benefits": "a city's figures: api/tests/test_benefits.py", "api:hold": "the caller's own words", "api:partnerships": "public", "front:city_list": "no entries",
    "front:levels": "the table that rules", "office:rights": "office/tests/test_rights_pages.py",
    "office:rights_version": "office/tests/test_rights_pages.py", "office:rights_withdraw": "office/tests/test_rights_pages.py",
    "office:rights_compare": "office/tests/test_rights_pages.py", "office:rights_edit": "office/tests/test_rights_pages.py",
    "office:rights_lay": "leads back", "office:rights_exceptions": "office/tests/test_rights_pages.py",
    "office:rights_exception_new": "a form", "office:rights_exception_revoke": "asks once more",
    "front:city_mark": "a drawing", "front:topic_list": "labels and counts: test_doors.py",
    "front:theme": "a cookie", "front:favicon": "the mark", "front:robots": "paths alone", "front:ask_peers": "keeps a question", "alex:entry_new": "a form",
    "alex:entry_create": "a form", "front:pattern_book": "samples only",
    "front:join": "levels are public", "front:join_city": "a form", "front:join_person": "a form",
    "front:join_status": "front/tests/test_joining.py",
    "front:join_code": "front/tests/test_joining.py", "front:join_words": "leads to the former",
    "front:join_withdraw": "front/tests/test_joining.py", "office:applications": "office/tests/test_applications.py",
    "office:application": "office/tests/test_applications.py", "office:application_act": "leads to the former",
    "office:application_mail": "office/tests/test_applications.py",
    "office:applications_export": "office/tests/test_applications.py",
    "partners:partnership": "partners/tests/test_own_pages.py", "partners:seats": "partners/tests/test_own_pages.py",
    "partners:context": "a form", "partners:context_take_back": "leads to the former",
    "partners:benefit_use": "a form", "partners:benefit_release": "leads to the former", "partners:seat_new": "a form",
    "partners:seat": "partners/tests/test_own_pages.py", "partners:seat_brief": "alex/tests/test_briefs.py",
    "partners:seat_close": "leads to the former", "partners:seat_hand_over": "partners/tests/test_own_pages.py",
    "partners:seat_move": "partners/tests/test_own_pages.py", "partners:seat_put_back": "leads to the former",
    "partners:seat_free": "partners/tests/test_own_pages.py", "partners:invitation_new": "a form",
    "partners:invitation_act": "leads to the former", "partners:domain_new": "leads to the former",
    "partners:domain_act": "leads to the former", "partners:join_request": "partners/tests/test_joining.py",
    "partners:join": "a form", "partners:join_code": "a form", "partners:join_done": "the same for everybody",
    "partners:invitation": "partners/tests/test_invitations.py",
    # No entry's text: office/tests/test_partnerships.py
    **dict.fromkeys((
        "office:partnerships", "office:partnership_table", "office:partnership_open", "office:partnership_city",
        "office:partnership_bulk", "office:partnership", "office:partnership_level", "office:partnership_extend",
        "office:partnership_renew", "office:partnership_end", "office:partnership_seats", "office:partnership_notes", "office:partnership_take_back",
        "office:partnership_cancel",
    ), "the office's own: office/tests/test_partnerships.py"),
    "office:journal_verify": "office/tests/test_desk_journal.py",
    "office:journal_export": "office/tests/test_desk_journal.py",
    "office:work": "office/tests/test_desk_work.py",
    "office:work_retry": "office/tests/test_desk_work.py",
    "office:mail": "office/tests/test_desk_work.py",
    "office:mail_clear": "office/tests/test_desk_work.py",
    "office:health": "office/tests/test_desk_work.py",
    "office:people": "office/tests/test_desk_people.py",
    "office:people_act": "office/tests/test_desk_people.py",
    "office:person_new": "office/tests/test_desk_people.py",
    "office:people_acts": "office/tests/test_desk_people.py",
    "office:people_done": "office/tests/test_desk_people.py",
    "office:people_undo": "office/tests/test_desk_people.py",
    "office:person": "office/tests/test_desk_people.py",
    "office:reveals": "office/tests/test_reveals.py",
    "office:reveal": "office/tests/test_reveals.py",
    "office:reveal_act": "office/tests/test_reveals.py",
    "my_reveals": "office/tests/test_reveals.py",
    "front:welcome": "one's own steps", "front:welcome_act": "leads to the former",
    "front:welcome_step": "front/tests/test_welcome.py", "partners:welcome": "partners/tests/test_welcome.py",
    "partners:welcome_guide": "leads to the former", "partners:welcome_edit": "partners/tests/test_welcome.py",
    # every one of them in office/tests/test_ledger.py
    "office:ledger": "figures of cities, and forms",
    "office:ledger_waiting": "figures of cities, and forms",
    "office:ledger_decide": "figures of cities, and forms",
    "office:ledger_benefits": "figures of cities, and forms",
    "office:ledger_benefit_new": "figures of cities, and forms",
    "office:ledger_benefit_edit": "figures of cities, and forms",
    "office:ledger_renewals": "figures of cities, and forms",
    "office:ledger_quiet": "figures of cities, and forms",
    "office:ledger_city": "figures of cities, and forms",
    "office:ledger_grant": "figures of cities, and forms",
    "office:ledger_city_download": "figures of cities, and forms",
    "office:ledger_correct": "figures of cities, and forms",
    "office:ledger_undo": "figures of cities, and forms",
    "office:ledger_download": "figures of cities, and forms",
}  # fmt: skip
for room in (
    agora,
    agora_routing,
    groups,
    gatherings,
    hosting,
    market,
    meetings,
    memory,
    notices,
    calendars,
    showcase,
    magazine,
    radar,
    initiatives,
    mobility,
    clauses,
):
    OPEN |= room.OPEN
