"""Commands on an archive that a PostgreSQL server has: the same answers, and one line for whatever goes wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.builders import TEXT
from tests.homes import PASSWORD, Cluster, Home, on_server

Run = Callable[..., Any]


@pytest.fixture
def server(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A place on a server, and no password in the environment."""
    monkeypatch.setenv("PGPASSWORD", "")
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", "no-such-file")
    made = on_server(cluster)
    yield made
    made.release()


def test_every_command_says_of_a_server_what_it_says_of_a_file(communique: Run, server: Home) -> None:
    Path("other.jsonl").write_text(json.dumps({"id": "p1", "text": f"Page. {TEXT}"}), encoding="utf8")
    for at in ("news.db", server.at):
        assert communique("read", "rail.txt", "other.jsonl", "-a", at).code == 0
        again = communique("read", "rail.txt", "other.jsonl", "-a", at)
        assert (again.code, again.err.partition(": 0 documents read, 2 known")[0]) == (0, at)
    event = communique("events", "--json", "-a", "news.db").rows[0]["id"]
    for command in (
        ("events", "CHN", "MNG"), ("events", "--json"), ("figures",), ("quotes", "--json"), ("assessments",),
        ("projects",), ("forums",), ("pledges",), ("stories",), ("disagreements",), ("search", "trade", "china"),
        ("search", '"steppe railway"', "--json"), ("show", event), ("show", event, "--json"), ("brief", "CHN", "MNG"),
        ("pair", "CHN", "MNG", "--records"), ("network",), ("export", "--format", "gdelt"), ("export",),
        ("export", "--format", "csv"), ("judge", "wrong", event, "--reason", "no visit", "--by", "ada"),
        ("judge",), ("events", "--json"), ("show", "ffffffff"), ("search", "-x"),
    ):  # fmt: skip
        one, other = (communique(*command, "-a", at) for at in ("news.db", server.at))
        assert (one.code, timeless(one.out), one.err) == (other.code, timeless(other.out), other.err), command
    whole = communique("verify", "-a", server.at)
    assert whole.code == 0


def timeless(text: str) -> str:
    """Without the time of a judgement."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "then", text)


def test_an_archive_goes_there_and_back_by_command(communique: Run, server: Home) -> None:
    communique("read", "rail.txt", "-a", "news.db")
    there = communique("restore", "news.db", "-a", server.at)
    assert (there.code, there.out.startswith(f"{server.at}: 1 documents, 3 events, ")) == (0, True)
    back = communique("backup", "copy.db", "-a", server.at)
    assert back.out.startswith("copy.db: 1 documents, 3 events, ")
    assert communique("export", "-a", "copy.db").out == communique("export", "-a", "news.db").out
    assert "add --replace" in communique("restore", "copy.db", "-a", server.at).err


def test_what_goes_wrong_is_told_on_one_line_without_the_password(
    communique: Run, cluster: Cluster, server: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = cluster.fresh()
    wrong = "not-the-password"
    for at, said in (
        (cluster.tcp(name, wrong), "another password"),
        (cluster.tcp(name), "another password"),
        (cluster.tcp(name, wrong, user="nobody-known"), "another password"),
        (cluster.tcp("none-such", PASSWORD), "no database of this name"),
        (f"postgresql://clerk:{wrong}@127.0.0.1:1/news", "no PostgreSQL server answers"),
        (f"postgresql://clerk:{wrong}@no.such.host.invalid/news", "no PostgreSQL server answers"),
        (f"postgresql://clerk:{wrong}@127.0.0.1/news?host=/no/such/folder", "no PostgreSQL server answers"),
        (f"{cluster.tcp(name, PASSWORD)}?sslmode=require", "sslmode"),
        (f"{cluster.tcp(name, PASSWORD)}?colour=red", "asks for colour"),
        (f"{cluster.tcp(name, PASSWORD)}?sslmode=often", "no sslmode often"),
        (f"postgresql://clerk:{wrong}@127.0.0.1:many/news", "cannot be read"),
        (f"mysql://clerk:{wrong}@127.0.0.1/news", "a file, or a database of PostgreSQL"),
        (cluster.url(name, "guest"), "may not do that"),
    ):
        for command in (("events",), ("read", "rail.txt"), ("--log-json", "verify")):
            monkeypatch.delenv("PGPASSWORD", raising=False)
            told = communique(*command, "-a", at)
            if "guest" in at and command != ("read", "rail.txt"):
                assert "there is no archive here" in told.err
                continue
            assert told.code in (1, 2), (at, told)
            assert said in told.err, (at, told.err)
            assert wrong not in told.err
            assert PASSWORD not in told.err
            assert "Traceback" not in told.err
            if command[0] != "--log-json":
                assert len(told.err.splitlines()) == 1, told.err


def test_a_right_password_opens_by_url_by_environment_and_by_file(
    communique: Run, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, server: Home
) -> None:
    name = cluster.fresh()
    made = communique("read", "rail.txt", "-a", cluster.tcp(name, PASSWORD))
    assert made.code == 0
    assert made.err.startswith(f"{cluster.tcp(name)}: 1 documents read")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert communique("events", "-a", cluster.tcp(name)).code == 0
    monkeypatch.delenv("PGPASSWORD")
    assert communique("events", "-a", cluster.tcp(name)).code == 1
    monkeypatch.delenv("PGPASSWORD", raising=False)
    kept = Path("passwords")
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    kept.write_text(f"elsewhere:*:*:*:x\n127.0.0.1:*:{name}:clerk:{escaped}\n", encoding="utf8")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    assert communique("events", "-a", cluster.tcp(name)).code == 0


def test_who_may_only_read_reads_and_is_told_so(communique: Run, cluster: Cluster, server: Home) -> None:
    communique("read", "rail.txt", "-a", server.at)
    server.change(
        "GRANT USAGE ON SCHEMA communique TO guest", "GRANT SELECT ON ALL TABLES IN SCHEMA communique TO guest"
    )
    at = server.at.replace("admin@", "guest@")
    assert "CONSULT" in communique("events", "-a", at).out
    Path("other.txt").write_text(f"Other. {TEXT}", encoding="utf8")
    told = communique("read", "other.txt", "-a", at)
    assert (told.code, "may not do that" in told.err) == (1, True)


def test_a_read_that_is_killed_is_gone_on_with(communique: Run, server: Home) -> None:
    Path("pages.jsonl").write_text(
        "\n".join(json.dumps({"id": f"p{n}", "text": f"Page {n}. {TEXT}"}) for n in range(40)), encoding="utf8"
    )
    code = (
        "import sys, os, communique.archive.store as store\n"
        "from tests.cli.conftest import KnownCoder\n"
        "import communique.pipeline; communique.pipeline.Coder = KnownCoder\n"
        "real, seen = store.write.insert_parts, []\n"
        "def stop(*given):\n"
        "    real(*given); seen.append(1)\n"
        "    if len(seen) == 7: os.kill(os.getpid(), 9)\n"
        "store.write.insert_parts = stop\n"
        "from communique.cli import run\n"
        "sys.exit(run(['read', 'pages.jsonl', '-a', sys.argv[1]]))\n"
    )
    root = str(Path(__file__).parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", code, server.at], env={**_environment(), "PYTHONPATH": f"{root}/src:{root}"}, check=False
    )
    assert killed.returncode == -9
    assert communique("verify", "-a", server.at).code == 0
    again = communique("read", "pages.jsonl", "-a", server.at)
    assert "34 documents read" in again.err
    assert "6 known already" in again.err


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)
