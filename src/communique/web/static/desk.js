// The desk works without this file. With it: drop files anywhere, progress by itself, keys, one key for a verdict.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // drop files anywhere on a page that takes them
  const input = one("input[type=file]");
  if (input) {
    let depth = 0;
    const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; root.classList.add("dragging"); event.preventDefault(); } });
    addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) root.classList.remove("dragging"); });
    addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
    addEventListener("drop", (event) => {
      if (!files(event)) return;
      event.preventDefault();
      root.classList.remove("dragging");
      input.files = event.dataTransfer.files;
      if (input.files.length) input.form.requestSubmit();
    });
  }

  // counts beside a list stand open where there is room for them
  const room = matchMedia("(min-width: 56.01rem)");
  const unfold = () => all("details.counts").forEach((each) => { each.open = room.matches; });
  room.addEventListener("change", unfold);
  unfold();

  // a series that is wider than the screen shows its newest end
  const newest = () => all(".chart.series").forEach((each) => { each.scrollLeft = each.scrollWidth; });
  newest();

  // a page that says how often it changes is fetched anew, and only its content is put in place
  const every = Number(document.body.dataset.refresh || 0);
  const follow = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.ok) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (!document.activeElement || !one("main").contains(document.activeElement) || document.activeElement === one("main")) {
          one("main").replaceWith(document.adoptNode(one("main", fresh)));
          unfold();
          newest();
        } else if (one("#progress") && one("#progress", fresh)) {
          one("#progress").replaceWith(document.adoptNode(one("#progress", fresh)));
        }
        document.title = fresh.title;
        if (!fresh.body.dataset.refresh) return;
      }
    } catch { /* the desk was stopped: try again */ }
    setTimeout(follow, every * 1000);
  };
  if (every) setTimeout(follow, every * 1000);

  // keys
  let leader = "";
  const lines = () => all(".line .what[href]");
  const step = (by) => {
    const held = lines();
    if (!held.length) return;
    const at = held.indexOf(document.activeElement);
    const next = held[Math.min(held.length - 1, Math.max(0, at + by))];
    next.focus();
    next.closest(".line").scrollIntoView({ block: "nearest" });
  };
  const press = (name) => { const button = one(`[data-key="${name}"]`); if (button) { button.focus(); button.click(); const field = button.matches("summary") && one("input:not([type=hidden])", button.parentElement); if (field) field.focus(); return true; } return false; };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const dialog = one("#keys");
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || dialog.open) return;
    const key = event.key;
    if (leader === "g") { leader = ""; if (key === "s") location.href = "/"; return; }
    if (press(key)) { event.preventDefault(); return; }
    switch (key) {
      case "/": one("#quick").focus(); event.preventDefault(); break;
      case "?": dialog.showModal(); break;
      case "g": leader = "g"; setTimeout(() => { leader = ""; }, 1000); break;
      case "j": step(1); break;
      case "k": step(-1); break;
      case "e": { const hit = one("mark.hit"); if (hit) { hit.scrollIntoView({ block: "center" }); hit.focus({ preventScroll: true }); } break; }
      case "n": { const next = one("a[rel=next]"); if (next) next.click(); break; }
      case "p": { const before = one("a[rel=prev]"); if (before) before.click(); break; }
    }
  });

  // what is hidden behind a fold opens for the printer, and for an address that points into it
  addEventListener("beforeprint", () => all("details.cite, details.rest").forEach((each) => { each.open = true; }));
})();
