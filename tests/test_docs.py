"""The documents say what is so, and the project names no machine."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest

from communique.archive import Archive
from communique.cli import run
from communique.cli.reference import reference
from communique.export.base import formats

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf8")
BINARY = {".db", ".gz", ".onnx", ".npz", ".png", ".parquet", ".bin"}
# where machines of a workplace keep things, and where packages and models are downloaded from
MACHINE = re.compile(r"(?<![\w.])/(?:work|farm|home|Users|root|opt)/\w|\.library\b")
HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|huggingface\.co|githubusercontent\.com|github\.com/\S+/releases|hf\.co/"
)
COPYLEFT = re.compile(r"(?<!or )(?<!/)\b(?:A|L)?GPL|GNU (?:Lesser |Affero )?General Public", re.IGNORECASE)


def tracked() -> list[Path]:
    """All text files that belong to the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy is no git work tree")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def test_the_page_of_commands_is_what_the_help_says() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf8")
    assert written == reference(), "docs/commands.md is out of date: make docs"


def test_every_command_stands_in_the_readme_or_the_page_of_commands() -> None:
    import typer

    from communique.cli.app import app

    page = reference()
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"## {name}\n" in page
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in page.split(f"## {name}\n")[1].split("\n## ")[0]
        assert command.help, f"{name} has no help"


def test_every_format_is_described() -> None:
    page = (ROOT / "docs" / "output.md").read_text(encoding="utf8")
    for name in formats():
        assert f"| {name} |" in page


def test_links_in_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(encoding="utf8"), re.MULTILINE))
        assert {first or second for first, second in named} <= targets, page.name


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `communique demo` has run."""
    folder = tmp_path_factory.mktemp("readme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["demo"]) == 0
    return folder


def examples() -> list[str]:
    """The lines of the README that a user can type after the demo."""
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ communique ")]


def test_the_readme_has_examples() -> None:
    assert len(examples()) >= 8
    assert "make demo" in README
    assert "make test" in README


@pytest.mark.parametrize("line", examples())
def test_every_example_of_the_readme_runs(
    line: str, demo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(demo)
    with Archive("communique-demo/demo.db") as archive:
        line = line.replace(" ID ", f" {archive.events()[0].id} ")
    capsys.readouterr()
    assert run(shlex.split(line)[1:]) == 0
    shown = capsys.readouterr()
    assert shown.out or " -o " in line or line.startswith("communique read")
    assert "Traceback" not in shown.err


def test_the_python_example_of_the_readme_runs(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})


def test_no_file_names_a_path_of_a_machine_or_a_host_of_downloads() -> None:
    here = Path(__file__).name
    found = []
    for path in tracked():
        if path.name == here:
            continue  # it names what it looks for
        text = path.read_text(encoding="utf8", errors="replace")
        for pattern in (MACHINE, HOSTS):
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{path.relative_to(ROOT)}:{line}: {match[0]}")
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_everything_by_hash_and_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(entries) > 60
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_the_development_lock_holds_the_other_at_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_nothing_that_is_locked_is_copyleft() -> None:
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf8"), re.MULTILINE)
    )
    found = []  # where a package offers a choice of licences, one of them must be permissive
    for distribution in distributions():
        name = re.sub(r"[-_.]+", "-", distribution.name).lower()
        if name not in locked:
            continue
        licence = licences(distribution.metadata.get_all)
        if COPYLEFT.search(licence) and not re.search(r"MPL|MIT|BSD|Apache", licence):
            found.append(f"{name}: {licence}")
    assert found == []


def licences(get_all: Callable[[str], list[str] | None]) -> str:
    """What a package says of its licence, on one line."""
    said = [*(get_all("License-Expression") or []), *(get_all("License") or [])]
    said += [line for line in get_all("Classifier") or [] if line.startswith("License")]
    return " | ".join(line.splitlines()[0] for line in said if line.strip())


def test_version_is_said_once() -> None:
    import tomllib

    from communique import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf8")
