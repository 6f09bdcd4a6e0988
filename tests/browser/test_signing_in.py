"""Passkeys, the authenticator app and mail scanners, each in a real Chromium."""

import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as the_settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.urls import reverse

from house.partners.actions import invitations
from house.partners.viewing import operator
from house.people import emails
from house.people.models import SignIn
from house.people.signin import link_token
from house.people.sudo import grow_stale
from house.people.tokens import issue_token
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory
from tests.personal import models_of_the_house

SAFETY = "/people/me/security/"
ONES_OWN = [
    SAFETY,
    "/people/me/security/passkeys/add/",
    "/people/me/security/app/on/",
    "/people/me/security/keys/make/",
    "/people/me/confirm/",
]


def with_authenticator(page):
    """Chromium's own virtual authenticator: a device with a screen lock that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def mailed_code():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_out(page):
    page.goto("/accounts/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "sign-out" not in url)


def sign_in_by_code(page, person):
    page.goto("/accounts/sign-in/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_url("**/sign-in/code/**")
    page.get_by_label("Code").fill(mailed_code())
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/code/" not in url)


def test_a_passkey_is_made_signs_in_confirms_and_is_removed(visit):
    person = PersonFactory()
    page = visit("/accounts/sign-in/")
    devtools, device = with_authenticator(page)
    sign_in_by_code(page, person)

    page.goto(SAFETY)
    page.get_by_role("link", name="Add a passkey").first.click()
    page.get_by_label("Name of this passkey").fill("Laptop at the office")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(f"**{SAFETY}")
    page.get_by_text("Laptop at the office").first.wait_for()
    held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [one["rpId"] for one in held] == ["localhost"]
    assert held[0]["isResidentCredential"]

    sign_out(page)
    page.goto(f"/accounts/sign-in/?next={SAFETY}")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: urlsplit(url).path == SAFETY)
    assert SignIn.objects.first().way == "passkey"

    session = page.evaluate("document.cookie")  # the session's cookie is out of a script's reach
    assert the_settings.SESSION_COOKIE_NAME not in session
    key = next(
        one["value"]
        for one in page.context.cookies()
        if one["name"] == the_settings.SESSION_COOKIE_NAME
    )
    store = SessionStore(key)
    grow_stale(store)
    store.save()
    page.get_by_role("button", name="Remove Laptop").click()
    page.wait_for_url("**/people/me/confirm/**")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/people/me/confirm/*/")
    assert Authenticator.objects.count() == 1  # nothing has happened yet
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_url(f"**{SAFETY}")
    assert not Authenticator.objects.exists()

    sign_out(page)
    page.goto("/accounts/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This passkey does not open the house").first.wait_for()
    assert page.request.get(SAFETY, max_redirects=0).status == 302


def test_a_passkey_of_a_suspended_person_is_told_the_same_as_an_unknown_one(visit):
    person = PersonFactory()
    page = visit("/people/me/security/passkeys/add/", person=person)
    with_authenticator(page)
    page.reload()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(f"**{SAFETY}")
    sign_out(page)
    person.is_active = False
    person.save()
    page.goto("/accounts/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("This passkey does not open the house").first.wait_for()
    assert page.request.get(SAFETY, max_redirects=0).status == 302


def test_without_a_device_the_page_says_what_else_there_is(visit):
    page = visit("/accounts/sign-in/")
    devtools, device = with_authenticator(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("No passkey was used").wait_for()
    page.get_by_label("E-mail").wait_for()


def test_the_authenticator_app_is_asked_for_after_the_typed_code(visit):
    person = PersonFactory()
    page = visit("/people/me/security/app/on/", person=person)
    secret = page.locator("main code").inner_text().replace(" ", "")
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 0

    def digits(ahead=0):
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))

    page.get_by_label("The six digits").fill(digits())
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_text("They are shown this once").wait_for()
    recovery = page.locator(".codes code").all_inner_texts()
    assert len(recovery) == 10

    for answer in (digits(ahead=1), recovery[0]):
        sign_out(page)
        sign_in_by_code(page, person)
        page.wait_for_url("**/sign-in/second/**")
        page.get_by_label("Code of the app").fill(answer)
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/second/" not in url)
    page.goto(SAFETY)
    page.get_by_text("9 recovery codes are left").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_code_signs_in_with_and_without_scripts(visit, scripts):
    person = PersonFactory()
    page = visit("/accounts/sign-in/", scripts=scripts)
    sign_in_by_code(page, person)
    page.goto(SAFETY)
    page.get_by_text("This one").wait_for()


# -- Pages ---------------------------------------------------------------------------------------


def test_axe_finds_nothing_on_the_pages_of_signing_in(axe):
    link = reverse("people:signin_link", args=[link_token(PersonFactory())])
    assert axe("/accounts/sign-in/", "/accounts/sign-out/", link) == []


def test_axe_finds_nothing_on_her_safety_pages(axe):
    person = PersonFactory()
    issue_token(person, label="Data portal", scopes=["alex.read"])
    assert axe(*ONES_OWN, person=person) == []


def test_no_page_of_signing_in_asks_anything_of_another_host(visit, live_house):
    asked = []
    page = visit("/accounts/sign-in/", person=PersonFactory())
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.clear_cookies()
    for path in ("/accounts/sign-in/", "/accounts/sign-in/code/", "/accounts/sign-out/"):
        page.goto(path)
    page.goto("/accounts/sign-in/")
    sign_in_by_code(page, PersonFactory())
    for path in ONES_OWN:
        page.goto(path)
    page.wait_for_load_state("networkidle")
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert len(asked) > 20
    assert hosts == {urlsplit(live_house.url).netloc}


# -- Mail scanners -------------------------------------------------------------------------------

# What looking at a page may write: a session without a person, the count of tries, the cache of nothing.
WRITTEN_BY_LOOKING = {"sessions.Session", "people.Tally"}


def everything():
    """Every row of the house, by model."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values()))
        for model in models_of_the_house()
        if model._meta.label not in WRITTEN_BY_LOOKING
    }


def links_in(messages):
    bodies = [
        body
        for one in messages
        for body in (one.body, *(other.content for other in getattr(one, "alternatives", ())))
    ]
    found = re.findall(r"https?://[^\s\"<>]+", "\n".join(bodies))
    return sorted({link.rstrip(".)") for link in found})


def submit_every_form(page, address, *, keeps_cookies):
    """Fills in what is empty, ticks every box, and sends each form of the page, with what scripts added."""
    page.goto(address)
    for number in range(page.locator("form:not([method=dialog])").count()):
        page.goto(address)
        if not keeps_cookies:
            page.context.clear_cookies()
        with page.expect_navigation():
            page.evaluate(
                """number => {
                    const form = document.querySelectorAll("form:not([method=dialog])")[number];
                    for (const field of form.elements) {
                        if (["checkbox", "radio"].includes(field.type)) field.checked = true;
                        else if (field.type === "email") field.value ||= "scanner@example.net";
                        else if (!["hidden", "submit", "button"].includes(field.type)) field.value ||= "x";
                    }
                    HTMLFormElement.prototype.submit.call(form);
                }""",
                number,
            )


@pytest.mark.parametrize("keeps_cookies", [False, True], ids=["cookieless", "with cookies"])
def test_no_link_of_any_mail_changes_anything_for_a_scanner(
    chromium, live_house, settings, keeps_cookies
):
    """It opens every link, runs scripts and submits every form; the records stay as they were."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    person = PersonFactory(email="ana@city.example")
    seat = SeatFactory(
        partnership=PartnershipFactory(city=CityFactory(code="zzz")), person=None, title="Adviser"
    )
    invitations.invite(seat, email="colleague@city.example", name="Kim", by=operator())
    mail.outbox.append(emails.new_device_mail(person, "Firefox on Linux"))
    mail.outbox.append(emails.changed_mail(person, "A passkey was added to your sign-in"))
    mail.outbox.append(emails.confirm_mail(person, "bcdf-2345"))
    links = [urlsplit(link).path for link in links_in(mail.outbox)]
    assert any("/invitation" in link or "/join" in link or "partners" in link for link in links)
    assert SAFETY in links
    if not keeps_cookies:  # this one an operator hands over herself; no mail holds it
        links.append(reverse("people:signin_link", args=[link_token(person)]))

    before = everything()
    context = chromium.new_context(base_url=live_house.url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    for link in links:
        submit_every_form(page, link, keeps_cookies=keeps_cookies)
    context.close()
    assert everything() == before
