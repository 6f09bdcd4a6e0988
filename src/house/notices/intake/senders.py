"""Who sent a mail, as far as our own mail server has proven it (RFC 8601), and whether a machine wrote it.

A `From` is a claim. It counts where the server named in `HOUSE_INTAKE_AUTHSERV` says that it checked:
DMARC passed, or DKIM or SPF passed for the same domain. That server must take such headers of others off
what it lets in (RFC 8601, section 5); as a second lock only those above the second `Received` are read, and
of each method the first.
"""

import re
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from house.notices.intake import phrases
from house.notices.intake.mails import Taken, header_text
from house.notices.models import Mail

# every row in this file: whether the house itself wrote a mail, whoever sends it back

Verdict = Literal["proven", "unproven", "failed"]
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*([\w-]{1,20})(?:/\d+)?\s*=\s*([\w-]{1,20})(.*)", re.DOTALL)
_PROPERTY = re.compile(r"([\w-]{1,20})\.([\w-]{1,30})\s*=\s*\"?([^\s\";]{1,300})\"?")


@dataclass(frozen=True, slots=True)
class Result:
    method: str
    said: str
    properties: dict[str, str]


def verdict_on(taken: Taken, address: str) -> Verdict:
    results = _results(taken)
    domain = address.rpartition("@")[2].lower()
    if any(_proves(each, domain) for each in results):
        # What DMARC says of the domain counts more than one of its parts alone.
        return "failed" if _said(results, "dmarc") == "fail" else "proven"
    if _said(results, "dmarc") == "fail":
        return "failed"
    told = {_said(results, method) for method in ("dkim", "spf")} - {""}
    return "failed" if told and told <= {"fail", "hardfail"} else "unproven"


def _said(results: list[Result], method: str) -> str:
    return next((each.said for each in results if each.method == method), "")


def _proves(result: Result, domain: str) -> bool:
    if result.said != "pass" or not domain:
        return False
    told = result.properties
    if result.method == "dmarc":
        return told.get("header.from", domain).lower().rpartition("@")[2] == domain
    if result.method == "dkim":
        signer = told.get("header.d") or told.get("header.i", "").rpartition("@")[2]
        return _is_aligned(signer.lower(), domain)
    if result.method == "spf":
        return _is_aligned(told.get("smtp.mailfrom", "").lower().rpartition("@")[2], domain)
    return False


def _is_aligned(one: str, two: str) -> bool:
    """The same domain, or one below the other: never two that only end alike."""
    if "." not in one or "." not in two:
        return False
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")


def _results(taken: Taken) -> list[Result]:
    if not settings.INTAKE_AUTHSERV:
        return []
    found: dict[str, Result] = {}
    hops = 0
    for name, value in taken.headers.items():
        hops += name.lower() == "received"
        if hops > 1:
            break
        if name.lower() == "authentication-results":
            for each in _read(header_text(value)[:8000]):
                found.setdefault(each.method, each)
    return list(found.values())


def _read(value: str) -> list[Result]:
    for _depth in range(5):
        value = _COMMENT.sub(" ", value)
    server, *parts = value.split(";")
    if server.split()[:1] != [settings.INTAKE_AUTHSERV] and server.strip().lower().split()[:1] != [
        settings.INTAKE_AUTHSERV
    ]:
        return []
    results = []
    for part in parts[:40]:
        matched = _RESULT.match(part)
        if matched:
            properties = {
                f"{kind}.{name}".lower(): said for kind, name, said in _PROPERTY.findall(matched[3])
            }
            results.append(Result(matched[1].lower(), matched[2].lower(), properties))
    # The better of several results of one method in one header.
    return sorted(results, key=lambda each: each.said != "pass")


def is_ours(taken: Taken) -> bool:
    """The house's own mail that came back, as from a forwarding that leads in a circle."""
    ours = {
        settings.REPLY_ADDRESS,
        settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower(),
    }
    if set(taken.senders) & ours:
        return True
    return bool(taken.message_id) and Mail.objects.filter(message_id=taken.message_id).exists()


def is_automatic(taken: Taken, envelope_sender: str | None) -> bool:
    """Out-of-office notes, lists, reports: nobody pressed "send". Nothing is posted, nobody is answered."""
    told = taken.header("Auto-Submitted").lower()
    if (told and told.partition(";")[0].strip() != "no") or envelope_sender == "":
        return True
    if taken.header("Return-Path").strip() == "<>":
        return True
    if taken.header("Precedence").lower().strip() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    names = {name.lower() for name in taken.headers}
    if names & {
        "list-id", "list-post", "list-unsubscribe", "x-auto-response-suppress", "x-autoreply",
        "x-autorespond", "x-autoresponse", "x-loop", "x-auto-reply-from", "feedback-id",
    }:  # fmt: skip
        return True
    return bool(phrases.AUTOMATIC.match(taken.header("Subject")))
