"""What goes out. The other side is a real server on loopback; loopback is private, so strangers are refused it."""

import http.server
import threading

import pytest

from house.ground import egress
from house.ground.egress import Unreachable


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/")
            self.end_headers()
            return
        body = b"x" * (4096 if self.path == "/large" else 5)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def neighbour_server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_operators_own_address_is_asked(neighbour_server):
    assert egress.request("GET", f"{neighbour_server}/", trusted=True).content == b"xxxxx"


def test_redirects_are_not_followed(neighbour_server):
    assert egress.request("GET", f"{neighbour_server}/away", trusted=True).status_code == 302


def test_large_answers_are_cut_off(neighbour_server):
    with pytest.raises(Unreachable, match="too large"):
        egress.request("GET", f"{neighbour_server}/large", trusted=True, limit=1000)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://2130706433/", "http://0x7f000001/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0.0.0.0/", "http://224.0.0.1/",
        "file:///etc/passwd", "ftp://example.org/", "http://user:password@example.org/", "http://", "gopher://x/",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_are_refused(url):
    with pytest.raises(Unreachable):
        egress.request("GET", url)


def test_an_unanswering_address_is_a_sentence():
    with pytest.raises(Unreachable, match="did not answer"):
        egress.request("GET", "http://127.0.0.1:1/", trusted=True)
