"""Decisions at the desk: kept, counted at once, undone."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient
from tests.web.conftest import form_of

from communique.archive import Archive

SERIES = "/pair/PER/CHL.json?by=month"


def month(visitor: TestClient) -> dict[str, object]:
    return next(point for point in visitor.get(SERIES).json()["series"]["points"] if point["period"] == "2021-03")


def event_id(copy: Path, kind: str) -> str:
    with Archive(copy) as archive:
        return next(each.id for each in archive.events() if each.event == kind)


def test_what_is_judged_wrong_leaves_the_series_at_once_and_comes_back_when_undone(
    writer: TestClient, copy: Path
) -> None:
    before = month(writer)
    threat = event_id(copy, "THREATEN")
    form = form_of(writer.get(f"/item/event/{threat}").text)
    sent = {"verdict": "wrong", "ids": threat, "form": form, "next": f"/item/event/{threat}"}
    page = writer.post("/judge", data=sent)
    assert "Kept: wrong" in page.text
    after = month(writer)
    assert after["conflict"] < before["conflict"]  # type: ignore[operator]
    assert len(after["records"]) == len(before["records"]) - 1  # type: ignore[arg-type]
    made = writer.get("/judgements.json").json()["judgements"][0]
    assert made["in_force"]
    assert made["by"] == "desk"
    writer.post("/undo", data={"id": made["id"], "form": form, "next": "/judgements"})
    assert month(writer) == before
    assert "taken back" in writer.get("/judgements").text


def test_the_queue_leaves_out_what_was_decided(writer: TestClient, copy: Path) -> None:
    first = writer.get("/review.json").json()
    assert first["waiting"] > 1
    event = first["next"]["events"][0]
    form = form_of(writer.get("/review").text)
    page = writer.post("/judge", data={"verdict": "right", "ids": event, "form": form, "next": "/review"})
    assert "Kept: right" in page.text
    second = writer.get("/review.json").json()
    assert second["waiting"] == first["waiting"] - 1
    assert event not in second["next"]["events"]
    assert writer.get("/review.json?skip=100000").json()["next"] is None


def test_another_actor_is_put_right_and_leads_to_the_event_under_its_new_id(writer: TestClient, copy: Path) -> None:
    threat = event_id(copy, "THREATEN")
    form = form_of(writer.get("/review").text)
    sent = {
        "verdict": "wrong", "ids": threat, "form": form, "actor": "Bolivia", "instead_of": "Peru",
        "next": f"/item/event/{threat}",
    }  # fmt: skip
    answer = writer.post("/judge", data=sent)
    assert answer.status_code == 200
    assert "Bolivia" in answer.text
    assert event_id(copy, "THREATEN") != threat
    assert writer.get("/records.json?state=Bolivia").json()["total"] >= 1


def test_another_date_moves_the_act_in_the_series(writer: TestClient, copy: Path) -> None:
    threat = event_id(copy, "THREATEN")
    form = form_of(writer.get("/review").text)
    sent = {"verdict": "wrong", "ids": threat, "form": form, "date": "2021-02-03", "next": "/review"}
    assert "it was on 3 February 2021" in writer.post("/judge", data=sent).text
    points = writer.get(SERIES).json()["series"]["points"]
    assert points[0]["period"] == "2021-02"


def test_a_date_that_is_none_changes_nothing(writer: TestClient, copy: Path) -> None:
    form = form_of(writer.get("/review").text)
    sent = {"verdict": "wrong", "ids": event_id(copy, "THREATEN"), "form": form, "date": "soon"}
    assert writer.post("/judge", data=sent).status_code == 400
    assert writer.get("/judgements.json").json()["total"] == 0


def test_two_reports_can_be_told_to_be_the_same_or_different(writer: TestClient, copy: Path) -> None:
    with Archive(copy) as archive:
        one, other = (
            each.id for each in archive.events() if each.event == "ACCUSE" and each.actor[0].actor.code == "CHL"
        )
    form = form_of(writer.get("/review").text)
    before = writer.get("/records.json").json()["total"]
    page = writer.post("/judge", data={"verdict": "same", "ids": [one, other], "form": form, "next": "/review"})
    assert "Kept: the same event" in page.text
    assert writer.get("/records.json").json()["total"] == before - 1
