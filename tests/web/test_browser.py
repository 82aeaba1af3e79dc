"""The desk in a real browser: dropped files to a brief, a point to its words, a correction and back; access for all."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import ARTICLES

from communique.archive import Archive
from communique.web import Options
from communique.web.app import served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make dev brings it")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine: apt install chromium")
PATIENCE = 90_000  # milliseconds that reading may take
SERIOUS = ("serious", "critical")


class Running:
    """A desk that listens on a free port of this machine."""

    def __init__(self, path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        self.base = f"http://127.0.0.1:{port}"
        self.server = served(Options(path, port=port, encoder=False))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        deadline = time.monotonic() + 30
        while not self.server.started and time.monotonic() < deadline:
            time.sleep(0.05)

    def stop(self) -> None:
        """Lets the last answers go out, and ends."""
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        held = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield held
        held.close()


@pytest.fixture
def desk(copy: Path) -> Iterator[Running]:
    running = Running(copy)
    yield running
    running.stop()


def page_of(browser: Any, base: str, **how: Any) -> tuple[Any, list[str]]:
    """A fresh page, and what went wrong on it: requests to elsewhere, faults of scripts, breaches of the policy."""
    page = browser.new_context(**how).new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(base) else wrong.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    return page, wrong


def addresses(path: Path) -> list[str]:
    """One page of each kind."""
    with Archive(path) as archive:
        event = next(each for each in archive.events() if each.event == "THREATEN")
        record = archive.records(event_id=event.id)[0]
        key = archive.document("hostile.txt").key
        stories = [f"/story/{story.id}" for story in archive.stories()[:1]]
    return [
        "/", "/pairs", "/articles", "/records?state=Peru", "/list/quotes", "/stories", "/search?q=Peru",
        "/pair/PER/CHL",
        "/brief/PER/CHL", "/actor/PER", "/network?days=reported", "/pledges", "/disagreements", "/review",
        "/judgements",
        "/api", "/no-such-page", f"/item/event/{event.id}", f"/record/{record.id}", f"/article/{key}", *stories,
    ]  # fmt: skip


def test_from_an_empty_archive_to_a_correction_and_back(browser: Any, tmp_path: Path) -> None:
    running = Running(tmp_path / "new.db")
    pages = []
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf8")
        pages.append(str(tmp_path / name))
    page, wrong = page_of(browser, running.base)
    page.goto(running.base)
    assert page.get_by_text("Nothing has been read yet").is_visible()
    page.set_input_files("#files", pages)
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url("**/reading/*")
    page.get_by_role("link", name="To the start").wait_for(timeout=PATIENCE)  # it shows by itself how far it is
    page.get_by_role("link", name="To the start").click()
    page.get_by_role("link", name="Chile and Peru").first.click()
    page.get_by_role("link", name="Sourced brief").click()
    assert page.get_by_role("heading", name="a sourced brief").is_visible()
    page.goto(f"{running.base}/pair/PER/CHL?by=month")
    page.locator(".chart a[href*='2021-03']").click()
    assert page.get_by_role("heading", name="Acts in 2021-03").is_visible()
    page.get_by_role("link", name="Chile threatened").click()
    assert page.locator("mark.hit .words").inner_text() == "threatened"
    before = page.request.get(f"{running.base}/pair/PER/CHL.json?by=month").json()
    page.keyboard.press("w")
    page.get_by_text("Kept: wrong").wait_for()
    after = page.request.get(f"{running.base}/pair/PER/CHL.json?by=month").json()
    assert after["total"] == before["total"] - 1 or after["series"] != before["series"]
    page.keyboard.press("u")
    page.wait_for_load_state()
    page.wait_for_function("!document.body.innerText.includes('Kept: wrong')")
    assert page.request.get(f"{running.base}/pair/PER/CHL.json?by=month").json()["series"] == before["series"]
    assert not wrong
    running.stop()


def test_without_javascript_the_same_can_be_read(browser: Any, desk: Running, copy: Path) -> None:
    page, wrong = page_of(browser, desk.base, java_script_enabled=False)
    page.goto(desk.base)
    page.get_by_role("link", name="Chile and Peru").first.click()
    page.locator(".chart a").first.click()
    page.locator("#acts .what").first.click()
    assert page.locator("mark.hit").first.is_visible()
    assert page.locator(".keys-hint").is_hidden()
    assert not wrong


def test_files_can_be_dropped_anywhere_on_the_start(browser: Any, desk: Running) -> None:
    page, wrong = page_of(browser, desk.base)
    page.goto(desk.base)
    page.evaluate(
        """() => { const held = new DataTransfer();
        held.items.add(new File(["Fiji condemned Tonga on Monday."], "dropped.txt", { type: "text/plain" }));
        const drop = { dataTransfer: held, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent("drop", drop)); }"""
    )
    page.wait_for_url("**/reading/*")
    page.get_by_role("link", name="To the start").wait_for(timeout=PATIENCE)
    assert not wrong


def test_no_page_has_a_serious_fault_of_access(browser: Any, desk: Running, copy: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    for scheme in ("light", "dark"):
        page, _ = page_of(browser, desk.base, color_scheme=scheme, bypass_csp=True)  # axe itself is a script
        for address in addresses(copy):
            page.goto(f"{desk.base}{address}")
            found = axe.run(page).response["violations"]
            faults = [
                f"{each['id']}: {node['html'][:200]}"
                for each in found
                if each["impact"] in SERIOUS
                for node in each["nodes"]
            ]
            assert not faults, f"{scheme} {address}: {faults}"


def test_nothing_is_cut_off_at_360_pixels_and_nothing_comes_from_elsewhere(
    browser: Any, desk: Running, copy: Path
) -> None:
    page, wrong = page_of(browser, desk.base, viewport={"width": 360, "height": 740})
    for address in addresses(copy):
        page.goto(f"{desk.base}{address}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{address} is {wide} pixels wide"
    assert [each for each in wrong if "404" not in each] == []


def test_the_keyboard_is_enough(browser: Any, desk: Running) -> None:
    page, _ = page_of(browser, desk.base)
    page.goto(f"{desk.base}/records")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.className") == "what"
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/*")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.className") == "hit"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "quick"


def test_hostile_text_runs_nothing(browser: Any, desk: Running, copy: Path) -> None:
    page, wrong = page_of(browser, desk.base)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    with Archive(copy) as archive:
        key = archive.document("hostile.txt").key
        event = archive.events(between=("ECU",))[0].id
    for address in (
        f"/article/{key}",
        f"/item/event/{event}",
        "/records?state=ECU",
        "/search?q=harm",
        "/brief/ECU/PER",
    ):
        page.goto(f"{desk.base}{address}")
        assert page.locator("body").is_visible()
    assert not wrong
