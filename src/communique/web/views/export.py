"""Taking things away: every list in the formats of the field, written while it is sent."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from communique.archive import query, rebuild
from communique.errors import UsageError
from communique.export.base import BUILT_IN, exporter
from communique.web import words
from communique.web.asked import Asked, asked
from communique.web.desk import Desk, desk_of
from communique.web.pages import PLAIN

router = APIRouter()
TYPES = {
    "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet",
    "graphml": "application/graphml+xml", "gexf": "application/gexf+xml", "ftm": "application/x-ndjson",
    "jsonld": "application/ld+json", "csl-json": "application/vnd.citationstyles.csl+json",
    "bibtex": "application/x-bibtex", "datapackage": "application/zip",
}  # fmt: skip
ENDINGS = {"csl-json": "csl.json", "bibtex": "bib", "datapackage": "zip"}  # where the ending is not the format's name
ROWS = 200  # that are written at a time


@router.get("/export/{kind}.{form}", tags=["tables"], summary="A whole list in a format of the field", responses=PLAIN)
def export(kind: str, form: str, desk: Desk = Depends(desk_of), wanted: Asked = Depends(asked)) -> Response:
    """Every item of one kind that fits, in any of the formats of docs/formats.md."""
    single = next((one for one, many in words.KINDS.items() if many == kind), None)
    if single is None or form not in BUILT_IN:
        raise UsageError(
            f"there is no list of {kind} as {form}",
            advice=f"Lists are {', '.join(words.KINDS.values())}; formats are {', '.join(BUILT_IN)}",
        )
    name = f"{kind}.{ENDINGS.get(form, form)}" if form in TYPES else f"{kind}-{form}.tsv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    chosen = query.select(single, wanted.filters())
    writer = exporter(form)

    def chunks() -> Iterator[bytes]:
        buffer = io.BytesIO()
        out = writer(buffer, (single,))
        with desk.archive.reading() as connection:
            rows = connection.execution_options(yield_per=ROWS).execute(chosen)
            for number, (key, body) in enumerate(rows, 1):
                out.write_item(rebuild.item(single, body), desk.archive.document(key))
                if number % ROWS == 0 and form != "parquet":  # whose end says where everything stands
                    yield buffer.getvalue()
                    buffer.seek(0)
                    buffer.truncate()
        out.close()
        yield buffer.getvalue()

    return StreamingResponse(chunks(), media_type=TYPES.get(form, "text/tab-separated-values"), headers=headers)
