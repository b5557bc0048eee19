"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const PAGE = 50;
  const PRINTED = 2000;
  const SEVERITIES = ["error", "warning", "info"];

  // Text as it is compared: Macs write Korean letters in pieces.
  const fold = (text) => text.normalize("NFC").toLowerCase();
  const number = new Intl.NumberFormat(document.documentElement.lang);
  // A sentence with its facts, which are numbers or texts.
  const say = (name, facts) =>
    data.words[name].replace(/\{(\w+)\}/g, (_, fact) => {
      const value = facts[fact];
      return typeof value === "number" ? number.format(value) : value;
    });

  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;

  const list = $("list");
  const findings = data.findings;
  const state = { words: [], severities: new Set([0, 1, 2]), org: "", rule: "", state: "open", order: "severity", row: "", file: "", page: 0 };
  let found = [];

  // All that can be searched of a finding, put together when it is first asked for.
  function haystack(finding) {
    finding.text ??= fold([
      finding.org, finding.file, finding.sheet, finding.cell, finding.field, finding.rule, data.rules[finding.rule],
      finding.message, finding.actual, finding.expected, finding.hint, finding.answer, finding.waived, finding.id,
      ...(finding.related ?? []),
    ].filter(Boolean).join("\n"));
    return finding.text;
  }

  const states = {
    open: (finding) => finding.waived === undefined,
    answered: (finding) => finding.waived === undefined && finding.answer !== undefined,
    still: (finding) => finding.still_there === true,
    waived: (finding) => finding.waived !== undefined,
    all: () => true,
  };

  function matches(finding) {
    return state.severities.has(finding.severity)
      && (state.org === "" || finding.org === state.org)
      && (state.rule === "" || finding.rule === state.rule)
      && (state.row === "" || finding.row === state.row)
      && (state.file === "" || finding.file === state.file)
      && states[state.state](finding)
      && state.words.every((word) => haystack(finding).includes(word));
  }

  function select() {
    found = findings.filter(matches);
    if (state.order === "book") {
      found.sort((a, b) => (a.plan ?? 0) - (b.plan ?? 0) || a.severity - b.severity);
    }
    state.page = 0;
    show();
  }

  // Text of the plans is only ever set as text.
  function fill(card, name, text) {
    const slot = card.querySelector(`[data-slot="${name}"]`);
    if (slot) slot.textContent = text ?? "";
    const part = card.querySelector(`[data-part="${name}"]`);
    if (part && (text === undefined || text === "")) part.remove();
    return slot;
  }

  function card(finding) {
    const item = $("finding").content.firstElementChild.cloneNode(true);
    const severity = SEVERITIES[finding.severity];
    item.classList.add(severity);
    item.classList.toggle("waived", finding.waived !== undefined);
    fill(item, "severity", data.severities[finding.severity])?.classList.add(severity);
    fill(item, "title", data.rules[finding.rule]);
    for (const name of ["rule", "org", "message", "file", "field", "actual", "expected", "hint", "answer", "waived", "id"]) {
      fill(item, name, finding[name]);
    }
    fill(item, "cell", [finding.sheet, finding.cell].filter(Boolean).join(" ! "));
    fill(item, "related", finding.related?.join(", "));
    const link = item.querySelector('[data-slot="link"]');
    if (link && data.links[finding.file]) link.href = data.links[finding.file];
    const explain = item.querySelector('[data-slot="explain"]');
    explain?.addEventListener("toggle", () => {
      const text = $(`check-${finding.rule}`)?.querySelector(".explained");
      if (text && !explain.querySelector(".explained")) explain.append(text.cloneNode(true));
    });
    return item;
  }

  function render(first, last) {
    list.replaceChildren(...found.slice(first, last).map(card));
    if (found.length === 0) {
      const nothing = document.createElement("li");
      nothing.className = "none";
      nothing.textContent = data.words.nothing;
      list.append(nothing);
    }
  }

  function show() {
    const first = state.page * PAGE;
    const last = Math.min(first + PAGE, found.length);
    render(first, last);
    $("found").textContent = say("shown", { all: findings.length, found: found.length });
    $("range").textContent = found.length ? say("range", { first: first + 1, last, found: found.length }) : "";
    $("earlier").disabled = first === 0;
    $("later").disabled = last === found.length;
    document.querySelector(".pager").hidden = found.length <= PAGE;
    $("chosen").hidden = state.row === "" && state.file === "";
  }

  function turn(by) {
    state.page += by;
    show();
    $("found").scrollIntoView({ block: "start" });
  }

  // The form is what is asked for; all but a row or file that was chosen elsewhere stands in it.
  function read() {
    const form = $("filters");
    state.words = fold($("query").value).split(/\s+/).filter(Boolean);
    state.severities = new Set([...form.elements.severity].flatMap((box) => (box.checked ? [SEVERITIES.indexOf(box.value)] : [])));
    for (const name of ["org", "rule", "state", "order"]) state[name] = $(name).value;
    select();
  }

  function choose({ org = "", rule = "", severity = "", row = "", file = "", name = "" }) {
    $("filters").reset();
    $("org").value = org;
    $("rule").value = rule;
    if (severity !== "") {
      for (const box of $("filters").elements.severity) box.checked = box.value === severity;
    }
    state.row = row;
    state.file = file;
    $("chosen").textContent = `${say(row === "" ? "file" : "row", { name })} ✕`;
    read();
    $("findings-list").scrollIntoView({ block: "start" });
    $("query").focus({ preventScroll: true });
  }

  if (list) {
    const form = $("filters");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", read);
    form.addEventListener("reset", () => {
      state.row = state.file = "";
      // The fields are empty only after this event.
      setTimeout(read);
    });
    $("chosen").addEventListener("click", () => {
      state.row = state.file = "";
      select();
    });
    $("earlier").addEventListener("click", () => turn(-1));
    $("later").addEventListener("click", () => turn(1));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-org], a[data-rule], a[data-severity], a[data-row], a[data-file]");
      if (!link) return;
      event.preventDefault();
      choose(link.dataset);
    });
    addEventListener("beforeprint", () => {
      render(0, PRINTED);
      if (found.length > PRINTED) $("found").textContent = say("cut", { found: PRINTED });
    });
    addEventListener("afterprint", show);
    read();
    // What searching needs is made ready while nothing else is asked for.
    let next = 0;
    const prepare = (deadline) => {
      while (next < findings.length && deadline.timeRemaining() > 2) haystack(findings[next++]);
      if (next < findings.length) requestIdleCallback(prepare);
    };
    globalThis.requestIdleCallback?.(prepare);
  }

  // A link to what a check means finds it open.
  const reveal = () => {
    const target = location.hash && $(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();

  const tree = $("tree");
  if (tree) {
    const all = [...tree.querySelectorAll("details")];
    const lines = [...tree.querySelectorAll("summary, .leaf")];
    const names = lines.map((line) => fold(line.textContent));
    const open = (opened) => {
      for (const details of all) details.open = opened;
    };
    $("expand").addEventListener("click", () => open(true));
    $("collapse").addEventListener("click", () => open(false));
    $("tree-query").addEventListener("input", () => {
      const words = fold($("tree-query").value).split(/\s+/).filter(Boolean);
      const items = tree.querySelectorAll("li");
      for (const item of items) item.hidden = words.length > 0;
      if (words.length === 0) {
        open(false);
        $("tree-found").textContent = "";
        return;
      }
      const opened = new Set();
      let count = 0;
      lines.forEach((line, at) => {
        if (!words.every((word) => names[at].includes(word))) return;
        count += 1;
        const own = line.closest("li");
        // What hangs below a line that matches stays within reach, closed.
        for (const below of own.querySelectorAll("li")) below.hidden = false;
        for (let item = own; item; item = item.parentElement.closest("li")) {
          item.hidden = false;
          if (item !== own) opened.add(item.firstElementChild);
        }
      });
      for (const details of all) details.open = opened.has(details);
      $("tree-found").textContent = count ? say("tree_found", { found: count }) : data.words.tree_nothing;
    });
  }
})();
