"""The settings refuse to open an unsafe house. Each case is a process of its own: settings are read once."""

import os
import subprocess
import sys

import pytest

REAL = {
    "HOUSE_DEMO": "0",
    "HOUSE_HOSTS": "house.example.org",
    "HOUSE_SECRET_KEY": "x" * 50,
    "HOUSE_EMAIL_URL": "smtp://mail.example.org:587?tls=1",
}


def read(tmp_path, ask, **facts):
    environment = {"PATH": os.environ["PATH"], "HOUSE_DATA": str(tmp_path), **facts}
    return subprocess.run(
        [sys.executable, "-c", f"from house import settings; print({ask})"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_demonstration_makes_its_own_secret_and_keeps_it(tmp_path):
    first, second = (read(tmp_path, "settings.SECRET_KEY").stdout for _time in range(2))
    assert first == second
    assert len(first) > 40
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("left_out", "named"),
    [("HOUSE_SECRET_KEY", "HOUSE_SECRET_KEY"), ("HOUSE_EMAIL_URL", "HOUSE_EMAIL_URL")],
)
def test_a_real_house_has_no_default_secret_and_needs_mail(tmp_path, left_out, named):
    result = read(
        tmp_path, "1", **{name: value for name, value in REAL.items() if name != left_out}
    )
    assert result.returncode == 1
    assert named in result.stderr


def test_a_house_with_a_name_is_no_demonstration(tmp_path):
    facts = {name: value for name, value in REAL.items() if name != "HOUSE_DEMO"}
    assert read(tmp_path, "settings.DEMO", **facts).stdout.strip() == "False"


def test_cookies_of_a_real_house_are_secure(tmp_path):
    asked = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_NAME, settings.SECURE_HSTS_SECONDS > 0"
    assert read(tmp_path, asked, **REAL).stdout.strip() == "True True __Host-house True"


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file-" + "x" * 40 + "\n")
    facts = {**REAL, "HOUSE_SECRET_KEY_FILE": str(tmp_path / "key")}
    del facts["HOUSE_SECRET_KEY"]
    assert read(tmp_path, "settings.SECRET_KEY", **facts).stdout.startswith("from-a-file-")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOUSE_DEMO", "perhaps"),
        ("HOUSE_SEARCH_RATE", "many"),
        ("HOUSE_EMAIL_URL", "mail.example.org"),
    ],
)
def test_nonsense_stops_the_house_and_is_named(tmp_path, name, value):
    result = read(tmp_path, "1", **{**REAL, name: value})
    assert result.returncode == 1
    assert name in result.stderr


def test_links_of_a_house_on_this_machine_lead_to_its_port(tmp_path):
    assert read(tmp_path, "settings.BASE_URL").stdout.strip() == "http://localhost:8000"
    asked = {"PORT": "8001"}
    assert read(tmp_path, "settings.BASE_URL", **asked).stdout.strip() == "http://localhost:8001"
    assert (
        read(tmp_path, "settings.BASE_URL", **REAL, **asked).stdout.strip()
        == "https://house.example.org"
    )
