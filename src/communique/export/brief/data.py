"""The brief as JSON, for programs: the same lines as for readers, with the place of every sentence."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from communique.export.brief.nouns import Brief, Evidence, Line


def render(brief: Brief) -> str:
    """One JSON object; keys are always in this order."""
    row = {
        "pair": [brief.first, brief.second],
        "names": list(brief.names),
        "asked": brief.asked,
        "summary": [_line(line) for line in brief.summary],
        "sections": [
            {"name": section.name, "title": section.title, "lines": [_line(line) for line in section.lines]}
            for section in brief.sections
        ],
        "series": asdict(brief.series),
        "sources": [asdict(source) for source in brief.sources],
    }
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "date": line.date,
        "words": line.words,
        "notes": list(line.notes),
        "record": line.record,
        "evidence": [_evidence(each) for each in line.evidence],
    }


def _evidence(each: Evidence) -> dict[str, Any]:
    return {
        "source": each.source.number,
        "reference": each.reference,
        "text": each.sentence,
        "text_info": {"start": each.span.start, "end": each.span.end},
        "marked": {"start": each.span.start + each.marked.start, "end": each.span.start + each.marked.end},
    }
