"""The one way out: every request that the house makes to another machine goes through here.

Addresses that come from people (feeds, calendars, links) are resolved once, refused when private, and the
connection is pinned to what was resolved, so that a name can't change its mind between check and use
(DNS rebinding). Addresses that the operator set may point into her own network.
"""

import ipaddress
import re
import socket
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import inf
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpx

from house.ground.errors import Refused

LIMIT = 10 * 1024 * 1024
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
# However slowly a stranger drips: after this the answer is given up.
PATIENCE = 60.0
# Where strangers' web servers listen. Mail, databases and caches might take a request for their own words.
PORTS = frozenset({80, 443, 8000, 8080, 8443})
_PIECE = 64 * 1024
_HOST = re.compile(r"[\w.-]{1,253}|[0-9A-Fa-f:.]{2,45}")
# Ranges through which an IPv6 address reaches an IPv4 one: (network, how many bits stand behind the address).
_CARRIERS = (
    (ipaddress.IPv6Network("::/96"), 0),  # IPv4-compatible, long given up
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # translated (SIIT)
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4
)
_NEVER = tuple(
    ipaddress.IPv6Network(network)
    for network in ("64:ff9b:1::/48", "2001::/32", "fec0::/10", "100::/64", "5f00::/16")
)
_ISATAP = 0x00005EFE


class Unreachable(Refused):
    """The other side could not be asked, or answered with nonsense."""

    code = "unreachable"
    status = 502


def is_public(address: str) -> bool:
    """An address of the open internet, and whatever IPv4 address it carries inside is one too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return isinstance(ip, ipaddress.IPv6Address) and _carried_is_public(ip)
    if isinstance(ip, ipaddress.IPv4Address):
        return True
    return not any(ip in network for network in _NEVER) and _carried_is_public(ip, plain=True)


def _carried_is_public(ip: ipaddress.IPv6Address, *, plain: bool = False) -> bool:
    """`plain` is the answer for an address that carries none."""
    number = int(ip)
    for network, behind in _CARRIERS:
        if ip in network:
            return is_public(str(ipaddress.IPv4Address((number >> behind) & 0xFFFFFFFF)))
    if (number >> 32) & 0xFDFFFFFF == _ISATAP:
        return False
    return plain


def _public_address(host: str, port: int) -> str:
    if port not in PORTS:
        raise Unreachable(f"Port {port} is none on which web pages are served.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreachable(f"The name {host} is not known.") from problem
    # Every answer must be public: a name with one private answer is an attempt, not an accident.
    if not found or not all(is_public(str(address[0])) for *_rest, address in found):
        raise Unreachable(f"{host} is not a public address.")
    return str(found[0][4][0])


def _parts(url: str) -> tuple[SplitResult, int]:
    """The address taken apart, and its port. Raises `Unreachable` for what could be read in two ways."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise Unreachable("This is not an address of the web.") from problem
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise Unreachable("Only plain http and https addresses can be asked.")
    return parts, (443 if parts.scheme == "https" else 80) if port is None else port


def _target(url: str, *, trusted: bool) -> tuple[str, dict[str, str], dict[str, Any]]:
    parts, port = _parts(url)
    if trusted:
        return url, {}, {}
    host = str(parts.hostname)
    if not _HOST.fullmatch(host):
        raise Unreachable("This is not an address of the web.")
    ip = _public_address(host, port)
    literal = f"[{ip}]" if ":" in ip else ip
    pinned = urlunsplit((parts.scheme, f"{literal}:{port}", parts.path, parts.query, ""))
    return pinned, {"Host": _host_header(parts)}, {"sni_hostname": host}


def _host_header(parts: SplitResult) -> str:
    """In the letters that travel: a name in another script goes by its punycode."""
    if parts.netloc.isascii():
        return parts.netloc
    try:
        name = str(parts.hostname).encode("idna").decode()
    except UnicodeError as problem:
        raise Unreachable("This is not an address of the web.") from problem
    return f"{name}:{parts.port}" if parts.port else name


def request(
    method: str,
    url: str,
    *,
    trusted: bool = False,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    content: bytes | None = None,
    limit: int = LIMIT,
    timeout: float | None = None,
) -> httpx.Response:
    """One request without redirects. `trusted` only for addresses from the operator's settings.

    Raises `Unreachable` for a private or unknown address, an odd port, a transport error, a body over `limit`
    bytes (unpacked), or a stranger's answer that is not whole after a minute (or `timeout` seconds).
    """
    pinned, host, extensions = _target(url, trusted=trusted)
    with (
        _transport_errors(url),
        httpx.Client(timeout=timeout or TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(
            method,
            pinned,
            headers={"Accept-Encoding": "gzip, deflate", **(headers or {}), **host},
            json=json,
            content=content,
            extensions=extensions,
        ) as response,
    ):
        body = _body_of(
            response,
            limit=limit,
            until=inf if trusted else time.monotonic() + (timeout or PATIENCE),
        )
        # The body was decoded while it streamed; its old encoding must not be undone twice.
        kept = {
            k: v
            for k, v in response.headers.items()
            if k not in {"content-encoding", "content-length", "transfer-encoding"}
        }
        return httpx.Response(response.status_code, headers=kept, content=body)


def _body_of(response: httpx.Response, *, limit: int, until: float) -> bytes:
    """Unpacked piece by piece: a bomb of a few kilobytes is given up before it fills the memory."""
    host = response.request.headers.get("host", "")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"gzip", "x-gzip", "deflate", "identity", ""}:
        raise Unreachable(f"{host} answered in an encoding that was not asked for.")
    unpack = _unpacked if encoding in {"gzip", "x-gzip", "deflate"} else iter
    body = bytearray()
    for piece in unpack(response.iter_raw(_PIECE)):
        body += piece
        if len(body) > limit:
            raise Unreachable(f"The answer of {host} is too large.")
        if time.monotonic() > until:
            raise Unreachable(f"{host} answers too slowly.")
    return bytes(body)


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Packed by gzip or zlib, whichever it is; raw deflate, which some servers send, too."""
    unpacker, is_first = zlib.decompressobj(47), True
    for piece in pieces:
        left = piece
        while left:
            try:
                yield unpacker.decompress(left, _PIECE)
            except zlib.error as problem:
                if not is_first:
                    raise Unreachable("The answer is packed in a broken way.") from problem
                unpacker, is_first = zlib.decompressobj(-15), False
                continue
            is_first = False
            left = unpacker.unconsumed_tail
    try:
        yield unpacker.flush()
    except zlib.error as problem:
        raise Unreachable("The answer is packed in a broken way.") from problem


@contextmanager
def _transport_errors(url: str) -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise Unreachable(
            f"{urlsplit(url).hostname} did not answer: {type(problem).__name__}."
        ) from problem
