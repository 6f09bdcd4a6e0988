"""The one way out: every request that the house makes to another machine goes through here.

Addresses that come from people (feeds, calendars, links) are resolved once, refused when private, and the
connection is pinned to what was resolved, so that a name can't change its mind between check and use
(DNS rebinding). Addresses that the operator set may point into her own network.
"""

import ipaddress
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

from house.ground.errors import Refused

LIMIT = 10 * 1024 * 1024
TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class Unreachable(Refused):
    """The other side could not be asked, or answered with nonsense."""

    code = "unreachable"
    status = 502


def _public_address(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unreachable(f"The name {host} is not known.") from problem
    for *_rest, address in found:
        # Every answer must be public: a name with one private answer is an attempt, not an accident.
        ip = ipaddress.ip_address(str(address[0]).split("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if not mapped.is_global or mapped.is_multicast:
            raise Unreachable(f"{host} is not a public address.")
    return str(found[0][4][0])


def _target(url: str, *, trusted: bool) -> tuple[str, dict[str, str], dict[str, Any]]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Unreachable("Only plain http and https addresses can be asked.")
    if trusted:
        return url, {}, {}
    port = parts.port or (443 if parts.scheme == "https" else 80)
    ip = _public_address(parts.hostname, port)
    literal = f"[{ip}]" if ":" in ip else ip
    pinned = urlunsplit((parts.scheme, f"{literal}:{port}", parts.path, parts.query, ""))
    return pinned, {"Host": parts.netloc}, {"sni_hostname": parts.hostname}


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

    Raises `Unreachable` for a private or unknown address, a transport error, or a body over `limit` bytes.
    """
    pinned, host, extensions = _target(url, trusted=trusted)
    with (
        _transport_errors(url),
        httpx.Client(timeout=timeout or TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(
            method,
            pinned,
            headers={**(headers or {}), **host},
            json=json,
            content=content,
            extensions=extensions,
        ) as response,
    ):
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise Unreachable(f"The answer of {urlsplit(url).hostname} is too large.")
        # The body was decoded while it streamed; its old encoding must not be undone twice.
        kept = {
            k: v
            for k, v in response.headers.items()
            if k not in {"content-encoding", "content-length"}
        }
        return httpx.Response(response.status_code, headers=kept, content=bytes(body))


@contextmanager
def _transport_errors(url: str) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as problem:
        raise Unreachable(
            f"{urlsplit(url).hostname} did not answer: {type(problem).__name__}."
        ) from problem
