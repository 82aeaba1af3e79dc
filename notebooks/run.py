"""Runs the notebooks' code with plain Python, no kernel needed: python notebooks/run.py writes their outputs anew.

Whatever a cell prints is kept, and what its last line gives: as text, and as HTML or SVG where it has that.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
DATA = ("dispatches.jsonl",)


def notebooks() -> list[Path]:
    """The notebooks in their order."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path) -> dict[str, Any]:
    """The notebook with the outputs of its code cells, run one after the other in the current folder."""
    book: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
            cell["outputs"] = outputs("".join(cell["source"]), names, number, f"{path.name}[{number}]")
    return book


def outputs(source: str, names: dict[str, Any], number: int, where: str) -> list[dict[str, Any]]:
    """What one cell prints and shows. Its names stay in `names`."""
    tree = ast.parse(source, where)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    value = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, where, "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), where, "eval"), names)
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        found.append({"output_type": "stream", "name": "stdout", "text": lines(printed.getvalue())})
    if value is not None:
        data: dict[str, list[str]] = {}
        for kind, method in (("text/html", "_repr_html_"), ("image/svg+xml", "_repr_svg_")):
            if (drawn := getattr(value, method, lambda: None)()) is not None:
                data = {"text/plain": lines(shortened(repr(value))), **data, kind: lines(drawn)}
        data = data or {"text/plain": lines(repr(value))}
        found.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data})
    return found


def shortened(text: str, most: int = 300) -> str:
    """The beginning of what is shown as a table or a picture too."""
    return text if len(text) <= most else f"{text[:most]} ..."


def lines(text: str) -> list[str]:
    """Text as notebooks hold it."""
    return text.splitlines(keepends=True)


def lay_out(folder: Path) -> None:
    """Puts what the notebooks read into a folder."""
    for name in DATA:
        (folder / name).write_bytes((FOLDER / name).read_bytes())


def main() -> None:
    """Runs all notebooks in one empty folder, and writes them back with their outputs."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))
        os.chdir(folder)
        for path in notebooks():
            book = executed(path)
            path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
            sys.stdout.write(f"{path.name}\n")
        os.chdir(FOLDER)


if __name__ == "__main__":
    main()
