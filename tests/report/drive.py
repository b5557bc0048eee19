"""Drives report.html in headless Chromium, as people use it: filters, tree, keyboard, phone, dark, print, no script.

    python3 tests/report/drive.py [--without-axe] report.html [another.html ...]

axe looks at every element against every other; on pages with tens of thousands of elements it takes minutes.

Ends with 0 where all holds, 1 where something does not, 77 where there is no Chromium or no Playwright here.
What it expects is worked out from the data on the page, so that it takes the report of any plan-year folder.
"""

import json
import shutil
import sys
import unicodedata
from pathlib import Path

SKIPPED = 77
# What counts as usable: a filter answers within this time, in milliseconds. It is a tenth of that on a quiet machine.
PATIENCE = 500
SERIOUS = {"serious", "critical"}

try:
    import axe_playwright_python
    from playwright.sync_api import sync_playwright
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def fold(text):
    return unicodedata.normalize("NFC", text).lower()


class Report:
    """A page under test, and what went wrong on it."""

    def __init__(self, browser, path, **context):
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.url = path.resolve().as_uri()
        self.trouble = []
        self.page.on("console", self.on_console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"error of the script: {error}"))
        self.page.on("request", self.on_request)
        self.page.goto(self.url)

    def on_console(self, message):
        if message.type in ("error", "warning"):
            self.trouble.append(f"console: {message.text}")

    def on_request(self, request):
        if request.url.split("#")[0] != self.url and not request.url.startswith("data:"):
            self.trouble.append(f"asked for {request.url}")

    def expect(self, holds, what):
        if not holds:
            self.trouble.append(what)

    def count(self, selector):
        return self.page.locator(selector).count()

    def value(self, script, *args):
        return self.page.evaluate(script, *args)

    def found(self):
        """The number of findings that the page says meet the conditions: the larger numbers come with commas."""
        numbers = "".join(c if c.isdigit() else " " for c in self.page.inner_text("#found").replace(",", ""))
        return {int(number) for number in numbers.split()}

    def axe(self, where):
        self.value(AXE)
        result = self.value("axe.run(document, {resultTypes: ['violations']})")
        for violation in result["violations"]:
            if violation["impact"] in SERIOUS:
                nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                self.trouble.append(f"axe, {where}: {violation['id']} ({violation['help']}): {nodes}")
        return [violation["id"] for violation in result["violations"]]

    def close(self):
        self.context.close()
        return self.trouble


def filters(report, data):
    page, findings = report.page, data["findings"]
    still = [finding for finding in findings if "waived" not in finding]
    report.expect(report.count("#list > .finding") == min(50, len(still)), "the first fifty open findings are shown")
    report.expect(len(still) in report.found(), f"{len(still)} findings are open, the page says {report.found()}")

    # Severity, by keyboard.
    page.focus("input[name=severity][value=info]")
    page.keyboard.press("Space")
    without = [finding for finding in still if finding["severity"] != 2]
    report.expect(len(without) in report.found(), "without infos")
    report.expect(report.count("#list > .finding.info") == 0, "no info is shown without infos")
    page.click("#filters button[type=reset]")
    page.wait_for_timeout(50)
    report.expect(len(still) in report.found(), "all is there again once the conditions are cleared")

    # Words, in pieces as Macs write them, and in any order.
    some = still[len(still) // 2]
    words = [some["id"], some["file"].rsplit("/", 1)[-1]]
    page.fill("#query", unicodedata.normalize("NFD", " ".join(words)).upper())
    report.expect(report.count("#list > .finding") >= 1, "a finding is found by its id and file")
    text = fold(page.inner_text("#list > .finding >> nth=0"))
    report.expect(all(fold(word) in text for word in words), "what is found holds what was searched")
    page.fill("#query", "no such text anywhere ᄀ")
    report.expect(report.count("#list > .finding") == 0 and report.count("#list > .none") == 1, "nothing is found")
    page.click("#filters button[type=reset]")
    page.wait_for_timeout(50)

    # Organisation and check, chosen in the tables.
    link = page.locator("#findings a[data-org]").first
    org = link.get_attribute("data-org")
    link.click()
    own = [finding for finding in still if finding["org"] == org]
    report.expect(len(own) in report.found(), f"findings of {org}")
    page.locator("#findings a[data-rule]").last.click()
    rule = page.input_value("#rule")
    report.expect(len([f for f in still if f["rule"] == rule]) in report.found(), f"findings of {rule}")
    page.locator("#board a[data-file]").first.click()
    report.expect(page.is_visible("#chosen"), "a file chosen on the board is named")
    page.click("#chosen")
    report.expect(len(still) in report.found(), "all is there again without the file")

    # Pages.
    if len(still) > 50:
        page.click("#later")
        report.expect(page.inner_text("#list > .finding >> nth=0") != "", "the second page shows findings")
        report.expect("51" in page.inner_text("#range"), "the second page begins with 51")
        page.click("#earlier")
        report.expect(page.is_disabled("#earlier"), "there is nothing before the first page")

    # What the check means.
    page.locator("#list > .finding summary").first.click()
    report.expect(len(page.inner_text("#list > .finding .explained >> nth=0")) > 40, "the check is explained")


def tree(report):
    page = report.page
    if report.count("#tree") == 0:
        return
    opened, lines = report.count("#tree details[open]"), report.count("#tree details")
    report.expect(opened == 0, "the tree begins closed")
    page.focus("#tree summary >> nth=0")
    page.keyboard.press("Enter")
    report.expect(report.count("#tree details[open]") == 1, "a line opens by the keyboard")
    page.keyboard.press("Enter")
    page.click("#expand")
    report.expect(report.count("#tree details[open]") == lines, "all lines open")
    if report.count("#tree a[data-row]"):
        link = page.locator("#tree a[data-row]").first
        row = link.get_attribute("data-row")
        link.click()
        shown = report.value("row => JSON.parse(document.getElementById('data').textContent).findings"
                             ".filter(f => f.row === row && f.waived === undefined).length", row)
        report.expect(report.count("#list > .finding") == shown, "a mark in the tree leads to the findings of its row")
        page.click("#chosen")
    page.click("#collapse")
    report.expect(report.count("#tree details[open]") == 0, "all lines close")
    name = page.locator("#tree .row .name").last.text_content().strip()
    page.fill("#tree-query", name)
    report.expect(page.locator("#tree .row .name", has_text=name).first.is_visible(), f"{name} is found in the tree")
    page.fill("#tree-query", "no such text anywhere")
    report.expect(report.count("#tree li:visible") == 0, "nothing is left of the tree")
    page.fill("#tree-query", "")
    report.expect(report.count("#tree > li:visible") == report.count("#tree > li"), "the tree is whole again")


def measure(report):
    """Milliseconds to load and to filter, layout and all."""
    load = report.value("performance.timing.loadEventEnd - performance.timing.navigationStart")
    typed = report.value("""() => {
        const query = document.getElementById("query");
        if (!query) return [0];
        return ["가", "목표", "w1", "zzz", ""].map((text) => {
            const before = performance.now();
            query.value = text;
            query.dispatchEvent(new Event("input", { bubbles: true }));
            document.body.offsetHeight;
            return performance.now() - before;
        });
    }""")
    report.expect(max(typed) < PATIENCE, f"a search took {max(typed):.0f} ms")
    return load, typed


def drive(browser, path, with_axe):
    trouble, minor = [], []
    size = {"width": 1400, "height": 1000}
    for name, context in {
        "light": {"viewport": size, "color_scheme": "light"},
        "dark": {"viewport": size, "color_scheme": "dark"},
        "phone": {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True},
    }.items():
        report = Report(browser, path, **context)
        data = json.loads(report.page.text_content("#data"))
        minor += report.axe(name) if with_axe else []
        report.expect(
            report.value("document.documentElement.scrollWidth <= innerWidth"), f"{name}: the page is not too wide"
        )
        if name == "light":
            # What searching needs is made ready while the page is idle.
            report.page.wait_for_timeout(1000)
            load, typed = measure(report)
            report.page.reload()
            report.page.keyboard.press("Tab")
            report.expect(
                report.value("document.activeElement.className") == "skip", "the first stop is the way to the content"
            )
            if report.count("#list"):
                filters(report, data)
            tree(report)
            minor += report.axe("after use") if with_axe else []
            report.expect(len(report.page.pdf()) > 10_000, "the page prints")
        trouble += [f"{name}: {what}" for what in report.close()]

    report = Report(browser, path, viewport=size, java_script_enabled=False)
    if data["findings"]:
        report.expect(report.page.locator("table.plain tbody tr").first.is_visible(), "without script findings are listed")
    report.expect(not report.page.locator(".filters").first.is_visible() if report.count(".filters") else True,
                  "without script there are no filters")
    trouble += [f"without script: {what}" for what in report.close()]

    megabytes = path.stat().st_size / 1e6
    print(f"{path}: {len(data['findings'])} findings, {megabytes:.1f} MB, loaded in {load} ms, "
          f"searched in {', '.join(f'{t:.0f}' for t in typed)} ms; "
          f"axe, not serious: {sorted(set(minor)) or 'nothing'}" + ("" if with_axe else " (left out)"))
    return trouble


def main(arguments):
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("skipped: there is no Chromium here")
        return SKIPPED
    paths = [argument for argument in arguments if not argument.startswith("--")]
    with_axe = "--without-axe" not in arguments
    trouble = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in map(Path, paths):
            trouble += [f"{path}: {what}" for what in drive(browser, path, with_axe)]
        browser.close()
    for what in trouble:
        print(f"FAILED {what}")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
