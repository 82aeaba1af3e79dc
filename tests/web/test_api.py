"""The OpenAPI document says what is answered, and nothing else is: every answer fits its schema, whatever is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.web.test_pages import FIXED, of_archive, twin

from communique.archive import Archive

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: make dev brings it")
WORDS = ("PER", "CHL", "Peru", "Atlantis", "2021", "2021-03-05", "accord", "month", "plover", "reported", "CONSULT",
         "actual", "disputed", "single", "newest", "0", "1", "-1", "true", "1-20", "")  # fmt: skip


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def checker(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Checks values against a schema of the document."""
    return jsonschema.Draft202012Validator({"components": described["components"], **schema})


def place_of(described: dict[str, Any], address: str) -> str:
    """The described path that an address is one of."""
    path = address.partition("?")[0]
    fitting = [each for each in described["paths"] if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", each), path)]
    assert fitting, path
    return min(fitting, key=lambda each: each.count("{"))


def faults_of(described: dict[str, Any], address: str, answer: Any) -> list[str]:
    """What of an answer is not as the document says."""
    responses = described["paths"][place_of(described, address)]["get"]["responses"]
    told = responses.get(str(answer.status_code))
    if told is None:
        return [f"{answer.status_code} is not described"]
    if "application/json" not in told.get("content", {}):
        return []
    schema = told["content"]["application/json"]["schema"]
    return [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"
        for fault in checker(described, schema).iter_errors(answer.json())
    ]


def test_the_document_is_openapi_with_a_schema_for_every_answer(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for path, methods in described["paths"].items():
        responses = methods["get"]["responses"]
        if path.endswith(".json"):
            schema = responses["200"]["content"]["application/json"]["schema"]
            assert schema, path
            jsonschema.Draft202012Validator.check_schema(schema)
            assert responses["404"]["content"]["application/json"]["schema"]["$ref"].endswith("/Error")
    whole = str(described)
    for name in re.findall(r"#/components/schemas/(\w+)", whole):
        assert name in described["components"]["schemas"], name
    assert "HTTPValidationError" not in whole


@pytest.mark.parametrize("address", [twin(each, "json") for each in FIXED])
def test_what_a_page_answers_is_what_is_described(client: TestClient, described: dict[str, Any], address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not faults_of(described, address, answer)


def test_what_pages_with_ids_answer_is_what_is_described(
    client: TestClient, made: Path, described: dict[str, Any]
) -> None:
    for page in of_archive(made):
        address = twin(page, "json")
        assert not faults_of(described, address, client.get(address)), address


def test_refusals_are_answered_as_described(client: TestClient, described: dict[str, Any]) -> None:
    for address, status in (
        ("/records.json?state=Atlantis", 400), ("/records.json?from=soon", 400), ("/records.json?page=0", 422),
        ("/record/0000000000000000.json", 404), ("/pair/PER/PER.json", 400), ("/network.json?weights=lead", 400),
        ("/article/none.json", 404), ("/reading/none.json", 404), ("/list/secrets.json", 404),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == status, address
        assert not faults_of(described, address, answer), address


@st.composite
def asked(draw: st.DrawFn, described: dict[str, Any], ids: tuple[str, ...]) -> str:
    """An address of the document with values that fit, nearly fit, or mean harm."""
    paths = sorted(path for path in described["paths"] if path.endswith((".json", ".csv", ".txt")) or "{" in path)
    path = draw(st.sampled_from(paths))
    text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="/\\?#%"), min_size=1, max_size=12)
    value = st.one_of(st.sampled_from(WORDS), st.sampled_from(ids), text)
    query: list[tuple[str, str]] = []
    for parameter in described["paths"][path]["get"].get("parameters", ()):
        name = parameter["name"]
        if parameter["in"] == "path":
            chosen = draw(value.filter(lambda each: each.strip(". ") != ""))
            path = path.replace(f"{{{name}}}", quote(chosen, safe=""))
        elif draw(st.booleans()):
            numbers = st.integers(-2, 10**9).map(str)
            each = numbers if name in ("page", "size", "skip") and draw(st.booleans()) else value
            query += [(name, chosen) for chosen in draw(st.lists(each, min_size=1, max_size=3))]
    return path + (f"?{urlencode(query)}" if query else "")


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_asked_only_what_is_described_is_answered(
    data: st.DataObject, client: TestClient, made: Path, described: dict[str, Any]
) -> None:
    with Archive(made) as archive:
        ids = (*archive.keys(), *(event.id for event in archive.events(limit=5)), archive.records()[0].id,
               "event", "quote", "events", "figures", "csv", "jsonl", "md")  # fmt: skip
    address = data.draw(asked(described, ids), label="address")
    answer = client.get(address, follow_redirects=False)
    path = address.partition("?")[0]
    assert answer.status_code < 500, address
    responses = described["paths"]
    fitting = [each for each in responses if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", each), path)]
    assert any(str(answer.status_code) in responses[each]["get"]["responses"] for each in fitting), answer.status_code
    if path.endswith(".json") and answer.headers["content-type"].startswith("application/json"):
        assert not faults_of(described, path, answer), address
