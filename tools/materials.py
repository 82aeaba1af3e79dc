"""What the default install brings: a CycloneDX bill of materials out of the lock, and a check of the licences.

    python -m tools.materials bom [-o FILE]      CycloneDX 1.6 as JSON, the same bytes for the same lock and install
    python -m tools.materials licences           ends with 1 where something is under the GPL, LGPL or AGPL, or unknown

Versions and hashes come from requirements.lock, licences and who needs whom from what is installed. A package that the
lock names for other systems only (its marker does not hold here) is listed without a licence and passed over.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:Affero |Lesser |Library )?General Public", re.I)


@dataclass(frozen=True, slots=True)
class Pinned:
    """One line of the lock: a package for the systems where its marker holds, with the hashes of its files."""

    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]

    @property
    def here(self) -> bool:
        """Whether this system is one of those that it is for."""
        return self.marker is None or Marker(self.marker).evaluate()

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{canonicalize_name(self.name)}@{self.version}"


def pinned(lock: Path) -> list[Pinned]:
    """The packages of a lock file, by name."""
    found: list[tuple[str, str, str | None, list[str]]] = []
    for line in lock.read_text("utf8").splitlines():
        if match := _PINNED.match(line):
            found.append((match[1], match[2], match[3], []))
        elif held := _HASH.search(line):
            found[-1][3].append(held[1])
    return [Pinned(name, version, marker, tuple(hashes)) for name, version, marker, hashes in sorted(found, key=str)]


def installed(name: str) -> Distribution | None:
    """A package of this environment, if it is there."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence(found: Distribution) -> str | None:
    """What a package says that it is under: an SPDX expression, its classifiers, or its own words on one line."""
    told = found.metadata.json
    if expression := told.get("license_expression"):
        return str(expression)
    classified = [line.rsplit(" :: ", 1)[1] for line in told.get("classifier", ()) if line.startswith("License :: ")]
    words = str(told.get("license") or "").strip().splitlines()
    named = [name for name in classified if name != "OSI Approved"]
    return " AND ".join(named) or (words[0][:80] if words else None)


def permissive(words: str) -> bool:
    """Whether a licence, or one of those to choose from, is neither GPL, LGPL nor AGPL."""
    return any(not _COPYLEFT.search(choice) for choice in re.split(r"\bOR\b", words))


def faults(lock: Path) -> Iterator[str]:
    """What may not be in the default install."""
    for each in pinned(lock):
        if not each.here:
            continue
        found = installed(each.name)
        if found is None:
            yield f"{each.name} {each.version} is not installed: its licence cannot be checked"
            continue
        words = licence(found)
        if words is None:
            yield f"{each.name} {each.version} does not say what licence it is under"
        elif not permissive(words):
            yield f"{each.name} {each.version} is under {words}"


def bill(lock: Path) -> dict[str, Any]:
    """The bill of materials. It holds no date and no random number: its serial number comes from its content."""
    listed = pinned(lock)
    names: dict[str, str] = {canonicalize_name(each.name): each.purl for each in listed if each.here}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    version = project["version"]
    root = f"pkg:pypi/communique@{version}"
    components = [_component(each) for each in listed]
    dependencies = [{"ref": each.purl, "dependsOn": sorted(_needs(each.name, names))} for each in listed if each.here]
    own = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    dependencies.append({"ref": root, "dependsOn": sorted(names[name] for name in own if name in names)})
    content = json.dumps([components, dependencies], sort_keys=True)
    serial = uuid.UUID(bytes=hashlib.sha256(content.encode()).digest()[:16], version=4)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": root, "name": "communique", "version": version, "purl": root,
                "licenses": [{"expression": "Apache-2.0"}],
            }
        },
        "components": components,
        "dependencies": sorted(dependencies, key=lambda held: str(held["ref"])),
    }  # fmt: skip


def _component(each: Pinned) -> dict[str, Any]:
    found = installed(each.name) if each.here else None
    words = licence(found) if found else None
    part: dict[str, Any] = {"type": "library", "bom-ref": each.purl, "name": each.name, "version": each.version}
    if words:
        part["licenses"] = [{"license": {"name": words}}]
    part["purl"] = each.purl
    # one hash for each file of the release (wheels and source); an installer takes the one that fits
    part["externalReferences"] = [
        {
            "type": "distribution",
            "url": each.purl,
            "hashes": [{"alg": "SHA-256", "content": content}],
        }
        for content in each.hashes
    ]
    if each.marker:
        part["properties"] = [{"name": "communique:marker", "value": each.marker}]
    return part


def _needs(name: str, names: dict[str, str]) -> set[str]:
    found = installed(name)
    needed = [Requirement(line) for line in (found.requires or [])] if found else []
    wanted = [need for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})]
    return {names[key] for need in wanted if (key := canonicalize_name(need.name)) in names}


def main() -> int:
    """Writes the bill of materials, or checks the licences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("bom", "licences"))
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    if options.what == "bom":
        text = json.dumps(bill(options.lock), indent=1) + "\n"
        if options.output:
            options.output.write_text(text, encoding="utf8")
        else:
            print(text, end="")
        return 0
    wrong = list(faults(options.lock))
    for line in wrong:
        print(f"licences: {line}", file=sys.stderr)
    if not wrong:
        print(f"licences: {sum(each.here for each in pinned(options.lock))} packages, none under GPL, LGPL or AGPL")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
