"""Who may ask the desk for what."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.web.conftest import BASE, form_of

from communique.archive import Archive
from communique.web import Options, create_app, peers
from communique.web.options import is_loopback
from communique.web.reading import safe_name
from communique.web.security import Buckets


def test_every_answer_forbids_everything_from_elsewhere(client: TestClient) -> None:
    for address in ("/", "/index.json", "/index.csv", "/static/desk.css", "/no-such-page", "/records?page=0"):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_a_name_that_is_not_the_desks_is_refused(made: Path) -> None:
    with TestClient(create_app(Options(made, readonly=True, hosts=("desk.example",))), base_url=BASE) as visitor:
        for host, status in (
            ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("localhost:8377", 200),
            ("[::1]:8377", 200), ("desk.example", 200), ("DESK.example:80", 200),
        ):  # fmt: skip
            assert visitor.get("/", headers={"host": host}).status_code == status, host


def test_a_form_from_elsewhere_or_without_its_token_changes_nothing(writer: TestClient, copy: Path) -> None:
    form = form_of(writer.get("/review").text)
    with Archive(copy) as archive:
        event = archive.events()[0].id
    sent = {"verdict": "wrong", "ids": event, "form": form}
    for headers, data, status in (
        ({"origin": "http://evil.example"}, sent, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, sent, 403),
        ({"referer": "http://evil.example/x"}, sent, 403),
        ({"origin": BASE}, sent | {"form": "0" * 64}, 403),
        ({"origin": BASE}, {"verdict": "wrong", "ids": event}, 403),
        ({"origin": BASE}, sent, 303),
    ):
        answer = writer.post("/judge", data=data, headers=headers, follow_redirects=False)
        assert answer.status_code == status, headers
    with Archive(copy) as archive:
        assert len(archive.judgements()) == 1


def test_the_token_of_another_browser_is_of_no_use(writer: TestClient) -> None:
    form = form_of(writer.get("/review").text)
    writer.cookies.clear()
    assert writer.post("/judge", data={"verdict": "right", "ids": "x", "form": form}).status_code == 403


def test_nothing_but_get_head_and_post_is_done(writer: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        assert writer.request(method, "/").status_code == 405
    assert writer.post("/").status_code in (403, 405)


@pytest.fixture
def locked(made: Path) -> Iterator[TestClient]:
    options = Options(made, host="0.0.0.0", token="a-long-secret", readonly=True, hosts=("127.0.0.1",))
    with TestClient(create_app(options), base_url=BASE) as visitor:
        yield visitor


def test_with_a_token_nothing_is_shown_without_it(locked: TestClient) -> None:
    for address in ("/", "/index.json", "/openapi.json", "/export/events.csv"):
        assert locked.get(address).status_code == 401
        assert locked.get(address, headers={"authorization": "Bearer wrong"}).status_code == 401
        assert locked.get(address, headers={"authorization": "Bearer a-long-secret"}).status_code == 200


def test_a_token_in_the_address_becomes_a_cookie_and_leaves_the_address(locked: TestClient) -> None:
    answer = locked.get("/records?token=a-long-secret&page=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/records?page=1"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert locked.get("/records").status_code == 200


def test_tokens_cannot_be_tried_without_end(locked: TestClient) -> None:
    seen = {locked.get(f"/?token=guess{number}").status_code for number in range(20)}
    assert seen == {401, 429}


def test_a_client_that_asks_too_fast_is_told_to_wait(made: Path) -> None:
    options = Options(made, readonly=True, reads=0.001, burst=3)
    with TestClient(create_app(options), base_url=BASE) as visitor:
        codes = [visitor.get("/static/icon.svg").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_too_large_an_upload_is_refused_said_or_unsaid(copy: Path) -> None:
    with TestClient(create_app(Options(copy, upload=2_000)), base_url=BASE) as visitor:
        form = form_of(visitor.get("/").text)
        files = {"files": ("a.txt", io.BytesIO(b"x" * 5_000))}
        assert visitor.post("/reading", data={"form": form}, files=files).status_code == 413

        def unsaid() -> Iterator[bytes]:
            yield b"--b\r\n" + b"x" * 5_000

        headers = {"content-type": "multipart/form-data; boundary=b"}
        assert visitor.post("/reading", content=unsaid(), headers=headers).status_code == 413


def test_a_desk_that_only_shows_takes_nothing(client: TestClient) -> None:
    page = client.get("/").text
    assert 'type="file"' not in page
    client.get("/review")
    answer = client.post("/judge", data={"verdict": "right", "ids": "x"})
    assert answer.status_code == 403


def test_after_a_decision_nobody_is_led_off_the_desk(writer: TestClient, copy: Path) -> None:
    form = form_of(writer.get("/review").text)
    with Archive(copy) as archive:
        event = archive.events()[0].id
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        sent = {"verdict": "right", "ids": event, "form": form, "next": target}
        answer = writer.post("/judge", data=sent, follow_redirects=False)
        assert answer.headers["location"].startswith("/review?judged=")


@given(st.text(max_size=300))
def test_a_file_name_never_leaves_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 170
    assert not safe.startswith(".")
    assert not set(safe) & set("/\\:\0\n\u202e")
    assert Path("folder") / safe == Path("folder", safe)
    assert (Path("folder") / safe).parent == Path("folder")


def test_names_keep_what_makes_them_known() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\Users\\me\\Лента новостей.html") == "Лента новостей.html"
    assert safe_name("..") == "page"


def test_only_this_machine_is_loopback() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "192.168.1.2", "::", "desk.example"))


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux says whose a connection is")
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_whose_a_connection_is_can_be_told(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as listening:
        try:
            listening.bind((address, 0))
        except OSError:
            pytest.skip("this machine has no such address")
        listening.listen()
        with socket.create_connection(listening.getsockname()[:2]) as asking:
            host, port = asking.getsockname()[:2]
            assert peers.user_of(host, port) == os.geteuid()
            assert not peers.stranger(host, port)
            assert peers.user_of("192.0.2.1", port) is None
            assert peers.user_of("a name", port) is None


_VISITOR = """
import http.cookiejar, os, re, sys, time, urllib.error, urllib.parse, urllib.request
base, event, user = sys.argv[1:]
visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
for _ in range(600):
    try:
        visitor.open(base + "/review").read()
        break
    except urllib.error.URLError:  # it does not listen yet
        time.sleep(0.1)
os.setuid(int(user))  # what is imported by now is all that is needed
page = visitor.open(base + "/review").read().decode()
form = re.search(r'name="form" value="([0-9a-f]+)"', page)[1]
data = urllib.parse.urlencode({"verdict": "wrong", "ids": event, "form": form}).encode()
print(visitor.open(urllib.request.Request(base + "/judge", data, {"Origin": base})).status)
"""


@pytest.mark.skipif(
    not Path("/proc/net/tcp").exists() or os.geteuid() != 0, reason="only root on Linux can become another user"
)
def test_another_user_of_the_machine_looks_and_does_not_write(copy: Path) -> None:
    """Somebody else's program takes a form's token from the page, as a browser does, and sends the form."""
    served = subprocess.Popen(
        [sys.executable, "-m", "communique", "serve", str(copy), "--port", "0", "--no-encoder"],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert served.stderr
    try:
        base = next(found[0] for line in served.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        with Archive(copy) as archive:
            event = archive.events()[0].id
        said = {
            user: subprocess.run(
                [sys.executable, "-I", "-c", _VISITOR, base, event, user], capture_output=True, text=True, check=False
            )
            for user in ("65534", "0")
        }
    finally:
        served.terminate()
        served.wait()
    assert "HTTP Error 403" in said["65534"].stderr, said
    assert said["0"].stdout.strip() == "200", said
    with Archive(copy) as archive:
        assert len(archive.judgements()) == 1


def test_a_stranger_is_refused_and_may_look(writer: TestClient, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = form_of(writer.get("/review").text)
    with Archive(copy) as archive:
        event = archive.events()[0].id
    monkeypatch.setattr(peers, "stranger", lambda host, port: True)
    assert writer.get("/records").status_code == 200
    answer = writer.post("/judge", data={"verdict": "wrong", "ids": event, "form": form}, headers={"origin": BASE})
    assert answer.status_code == 403
    assert "only that user may write" in answer.text
    with Archive(copy) as archive:
        assert archive.judgements() == []


def test_a_bucket_forgets_the_oldest_client_only() -> None:
    buckets = Buckets(0.0, 1.0)
    assert buckets.take("a")
    assert not buckets.take("a")
    assert buckets.take("b")
