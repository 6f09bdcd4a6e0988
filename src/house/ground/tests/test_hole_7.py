"""Hole class 7, requests that the house is talked into: Discourse CVE-2025-68662, Indico CVE-2026-25738.

Every way of writing an inner address that we know of, names that change their mind, redirects, ports, bombs.
"""

import gzip
import http.server
import socket
import threading
import zlib

import pytest

from house.ground import egress
from house.ground.egress import Unreachable, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "0.1.2.3", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1",
        "100::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1", "2002:a9fe:a9fe::",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:7f00:1",
    ],
)  # fmt: skip
def test_hole_7_no_form_of_an_inner_address_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_hole_7_public_addresses_stay_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        # Decimal, octal, hexadecimal, short and mixed forms; a dot behind; letters that fold to digits and dots.
        "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0177.0.0.1/", "http://0x7f.1/",
        "http://127.1/", "http://127.0.1/", "http://0/", "http://localhost./", "http://127.0.0.1./",
        "http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.0.0.1/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25lo]/", "http://[::]/",
        # Somebody else before the @, behind a backslash, or in a port.
        "http://user@example.org/", "http://:secret@example.org/", "http://@127.0.0.1/",
        "http://example.org@127.0.0.1/", "http://example.org\\@127.0.0.1/", "http://127.0.0.1#@example.org/",
        "http://127.0.0.1\\.example.org/", "http://exa mple.org/", "http://example.org%2f@127.0.0.1/",
        "http://127.0.0.1%00.example.org/",
        # Other schemes, and what is no address at all.
        "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1/",
        "data:text/xml,<rss/>", "jar:http://example.org!/", "//127.0.0.1/", "HTTP:///", "http:127.0.0.1", "http://[::1",
        "http://example.org:port/", "http://example.org:99999/", "http://.../", "http://" + "a" * 300 + ".example/",
    ],
)  # fmt: skip
def test_hole_7_no_spelling_of_an_inner_address_is_asked(url, monkeypatch):
    """That nobody answers there is no proof: nobody may be asked."""
    asked = []

    def connect(address, *_more, **_facts):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable):
        egress.request("GET", url)
    assert asked == []


@pytest.mark.parametrize("port", [0, 22, 25, 110, 2375, 3306, 5432, 6379, 9200, 11211, 27017])
def test_hole_7_only_ports_of_the_web_are_asked(port):
    with pytest.raises(Unreachable, match="none on which web pages"):
        egress.request("GET", f"http://93.184.215.14:{port}/")


def answers_of(monkeypatch, *turns):
    """What the name server says, turn by turn."""
    said, left = [], list(turns)

    def getaddrinfo(host, port, **_kinds):
        said.append(host)
        return [(2, 1, 6, "", (address, port)) for address in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return said


def test_hole_7_a_name_is_asked_once_and_cannot_change_its_mind(monkeypatch):
    said = answers_of(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    pinned, headers, extensions = egress._target("https://rebinding.example/feed", trusted=False)
    assert pinned == "https://93.184.215.14:443/feed"  # what is connected to is a number
    assert headers == {"Host": "rebinding.example"}
    assert extensions == {"sni_hostname": "rebinding.example"}  # and the certificate is the name's
    assert said == ["rebinding.example"]


@pytest.mark.parametrize("answers", [["93.184.215.14", "10.0.0.1"], ["::1", "93.184.215.14"], []])
def test_hole_7_one_inner_answer_among_several_is_enough_to_refuse(monkeypatch, answers):
    answers_of(monkeypatch, answers)
    with pytest.raises(Unreachable, match="not a public address"):
        egress.request("GET", "http://mixed.example/")


def test_hole_7_a_name_in_another_script_travels_as_punycode(monkeypatch):
    answers_of(monkeypatch, ["93.184.215.14"])
    assert egress._target("http://bücher.example/", trusted=False)[1] == {
        "Host": "xn--bcher-kva.example"
    }


class Packed(http.server.BaseHTTPRequestHandler):
    BODIES = {
        "/gzip": ("gzip", gzip.compress(b"hello")),
        "/zlib": ("deflate", zlib.compress(b"hello")),
        "/raw": ("deflate", zlib.compress(b"hello", wbits=-15)),
        "/bomb": ("gzip", gzip.compress(b"\0" * 50_000_000)),
        "/broken": ("gzip", b"\x1f\x8b\x08nothing of the kind"),
        "/brotli": ("br", b"hello"),
    }

    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        encoding, body = self.BODIES[self.path]
        self.send_response(200)
        self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture(scope="module")
def packing_server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Packed)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("way", ["gzip", "zlib", "raw"])
def test_packed_answers_are_unpacked(packing_server, way):
    assert egress.request("GET", f"{packing_server}/{way}", trusted=True).text == "hello"


@pytest.mark.parametrize(
    ("path", "why"), [("bomb", "too large"), ("broken", "broken way"), ("brotli", "not asked for")]
)
def test_hole_12_bombs_and_nonsense_are_given_up(packing_server, path, why):
    with pytest.raises(Unreachable, match=why):
        egress.request("GET", f"{packing_server}/{path}", trusted=True, limit=1_000_000)


def test_hole_7_a_redirect_inwards_is_an_address_to_be_asked_like_any_other(packing_server):
    answer = egress.request("GET", f"{packing_server}/away", trusted=True)
    assert answer.status_code == 302  # nobody followed it
    with pytest.raises(Unreachable, match="not a public address"):
        egress.request("GET", answer.headers["location"])
