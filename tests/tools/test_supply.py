"""What is handed out: no pickle, a bill of materials, licences, and the same wheel twice."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "tools" / "materials.py").exists():
    pytest.skip("the tools are not beside the tests", allow_module_level=True)

from tools import materials, wheel  # noqa: E402

SOURCES = sorted((ROOT / "src").rglob("*.py"))
UNSAFE = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "torch"}


def _parsed() -> list[tuple[str, ast.AST]]:
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf8"))) for path in SOURCES]


def test_no_module_imports_what_runs_code_when_it_loads_data() -> None:
    found = []
    for name, tree in _parsed():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [(name, each) for each in names if each.partition(".")[0] in UNSAFE]
    assert found == []


def test_arrays_are_loaded_without_pickle_and_yaml_without_objects() -> None:
    wrong = []
    for name, tree in _parsed():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            whose = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            given = {word.arg: word.value for word in node.keywords}
            if whose in ("np", "numpy") and node.func.attr == "load":
                allowed = given.get("allow_pickle")
                if not (isinstance(allowed, ast.Constant) and allowed.value is False):
                    wrong.append(f"{name}:{node.lineno}: np.load without allow_pickle=False")
            if whose == "yaml" and node.func.attr in ("load", "load_all", "unsafe_load", "full_load"):
                loader = given.get("Loader") or (node.args[1] if len(node.args) > 1 else None)
                if not (loader and "Safe" in ast.unparse(loader)):
                    wrong.append(f"{name}:{node.lineno}: yaml.{node.func.attr} without a safe loader")
            if whose in ("", "builtins") and node.func.attr in ("eval", "exec"):
                wrong.append(f"{name}:{node.lineno}: {node.func.attr}")
    assert wrong == []


def test_no_file_of_weights_is_a_pickle() -> None:
    endings = {".pkl", ".pickle", ".pt", ".pth", ".bin", ".joblib"}
    assert [path.name for path in (ROOT / "src").rglob("*") if path.suffix in endings] == []
    for path in (ROOT / "src").rglob("*.np[yz]"):
        assert path.read_bytes()[:2] in (b"\x93N", b"PK"), path.name


def test_the_lock_is_read_with_versions_markers_and_hashes(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    one, other = "a" * 64, "b" * 64
    lock.write_text(
        f"zeta==2.0 ; sys_platform == 'none' \\\n    --hash=sha256:{one}\n"
        f"alpha==1.0 \\\n    --hash=sha256:{one} \\\n    --hash=sha256:{other}\n"
    )
    held = materials.pinned(lock)
    assert [(each.name, each.version, each.hashes) for each in held] == [
        ("alpha", "1.0", (one, other)),
        ("zeta", "2.0", (one,)),
    ]
    assert [each.here for each in held] == [True, False]
    assert list(materials.faults(lock)) == ["alpha 1.0 is not installed: its licence cannot be checked"]


@pytest.mark.parametrize(
    ("words", "good"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("GPL-3.0-or-later", False),
        ("LGPL-2.1", False),
        ("AGPL-3.0", False),
        ("MIT AND LGPL-2.1", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GNU General Public License v2 or later (GPLv2+)", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
    ],
)
def test_of_several_licences_to_choose_from_one_has_to_be_permissive(words: str, good: bool) -> None:
    assert materials.permissive(words) is good


def test_nothing_under_the_gpl_is_in_the_default_install() -> None:
    found = list(materials.faults(ROOT / "requirements.lock"))
    assert [line for line in found if "not installed" not in line] == []


def test_every_package_of_the_lock_is_pinned_by_hash_and_in_the_bill() -> None:
    lock = ROOT / "requirements.lock"
    held = materials.pinned(lock)
    assert len(held) > 50
    assert [each.name for each in held if not each.hashes] == []
    bill = materials.bill(lock)
    assert bill["bomFormat"] == "CycloneDX"
    assert {part["purl"] for part in bill["components"]} == {each.purl for each in held}
    known = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert all({held["ref"], *held["dependsOn"]} <= known for held in bill["dependencies"])
    assert json.dumps(bill) == json.dumps(materials.bill(lock))


@pytest.mark.slow
def test_two_builds_of_the_wheel_are_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    one, another = wheel.twice(ROOT, tmp_path)
    assert wheel.digest(one) == wheel.digest(another)
