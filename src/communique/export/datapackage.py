"""A frictionless data package in one ZIP: a CSV of each kind, Parquet, schemas, codebook, checksums, citation."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from communique import __version__
from communique.export import codebook
from communique.export.base import Exporter
from communique.export.csv import csv_line
from communique.export.flat import COLUMNS, flatten
from communique.export.parquet import Parquet
from communique.model import Document, Item
from communique.settings import KINDS

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can write: the same data give the same bytes
HELD_BYTES = 4_000_000  # of each table in memory before it goes to a temporary file
TYPES = {"text": "string", "list": "string", "number": "number", "integer": "integer", "flag": "boolean"}
NAME = "communique-export"


class DataPackage(Exporter):
    """Tables wait in temporary files until close(), which packs them. Only kinds that have rows get a table.

    The version of the package is that of the program; its checksums say which data it is. No day of making is written:
    the same archive gives the same package, byte for byte.
    """

    name = "datapackage"

    def __init__(self, stream: IO[bytes], kinds: Iterable[str] = KINDS) -> None:
        super().__init__(stream, kinds)
        self._tables: dict[str, IO[bytes]] = {}
        self._rows: dict[str, int] = {}
        self._columns = _temporary()
        self._parquet = Parquet(self._columns, kinds)

    def row(self, row: dict[str, Any], item: Item, document: Document) -> None:
        """Keeps one row for its table and for Parquet."""
        kind = row["kind"]
        table = self._tables.get(kind)
        if table is None:
            table = self._tables[kind] = _temporary()
            self._rows[kind] = 0
            table.write((",".join(codebook.columns(kind)) + "\r\n").encode())
        flat = flatten(row)
        line = csv_line([flat[name] for name in codebook.columns(kind)], ",")
        table.write(line.encode("utf8", "replace") + b"\r\n")
        self._rows[kind] += 1
        self._parquet.row(row, item, document)

    def close(self) -> None:
        """Packs everything, the description last, as it holds the checksums."""
        self._parquet.close()
        resources, sums = [], []
        with zipfile.ZipFile(self.stream, "w", zipfile.ZIP_DEFLATED) as pack:
            for kind in (kind for kind in KINDS if kind in self._tables):
                path, size, digest = _pack(pack, f"data/{kind}s.csv", self._tables[kind])
                resources.append(_table(kind, path, size, digest, self._rows[kind]))
                sums.append((path, digest))
            path, size, digest = _pack(pack, "data/items.parquet", self._columns)
            sums.append((path, digest))
            resources.append({"name": "items", "path": path, "format": "parquet", "bytes": size, "hash": digest})
            for path, text in (("codebook.md", codebook.markdown(self._tables)), ("CITATION.cff", _citation())):
                sums.append((path, _text(pack, path, text)))
            _text(pack, "datapackage.json", json.dumps(_described(resources), ensure_ascii=False, indent=2) + "\n")
            lines = [f"{digest.removeprefix('sha256:')}  {path}\n" for path, digest in sums]
            _text(pack, "SHA256SUMS", "".join(lines))
        super().close()


def _temporary() -> Any:
    return tempfile.SpooledTemporaryFile(HELD_BYTES)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, FIRST_DAY)
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(".parquet") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _pack(pack: zipfile.ZipFile, path: str, table: IO[bytes]) -> tuple[str, int, str]:
    """Copies a temporary file into the package and closes it: its path, size in bytes and checksum."""
    size, digest = table.tell(), hashlib.sha256()
    table.seek(0)
    while block := table.read(1 << 20):
        digest.update(block)
    table.seek(0)
    with pack.open(_entry(path), "w", force_zip64=True) as target:
        shutil.copyfileobj(table, target)
    table.close()
    return path, size, f"sha256:{digest.hexdigest()}"


def _text(pack: zipfile.ZipFile, path: str, text: str) -> str:
    pack.writestr(_entry(path), text.encode())
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _table(kind: str, path: str, size: int, digest: str, rows: int) -> dict[str, Any]:
    fields = [
        {"name": name, "type": TYPES[COLUMNS[name][0]], "description": meant}
        for name, meant in codebook.columns(kind).items()
    ]
    return {
        "name": f"{kind}s",
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": digest,
        "rows": rows,
        # the same words can be read twice as one thing: ids are not sworn to be unique
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _described(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "Relations between states, as told by the news: data coded with Communique",
        "version": __version__,
        "contributors": [{"title": "Communique", "role": "wrangler"}],
        "resources": resources,
    }


def _citation() -> str:
    return (
        "cff-version: 1.2.0\n"
        "message: Name the news sources too; each row says which one it is from.\n"
        "type: dataset\n"
        "title: Relations between states, as told by the news (data coded with Communique)\n"
        "authors:\n  - name: The Communique authors\n"
        f'version: "{__version__}"\n'
    )
