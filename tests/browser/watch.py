"""What a page did that it should not: policy violations, errors, requests to other hosts."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

RECORD = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
# Every rule that axe knows, those it leaves off by default included.
RUN_ALL_RULES = """async (within) => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(within || document, { rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(
    ({ html, failureSummary }) => ({ html, failureSummary })) }));
}"""


@dataclass
class Watch:
    """Attached to a context, it notes what goes wrong on any of its pages."""

    url: str
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        context.add_init_script(RECORD)
        context.on("request", lambda request: self.note_request(request.url))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.url).netloc:
            self.strangers.append(url)


def violations(page: Page) -> list[str]:
    """Violations of the content security policy on this page so far."""
    found: list[str] = page.evaluate("window.__violations")
    return found


# What fades in is paler for a moment than anybody will read it; what never ends is not waited for.
SETTLE = """
    () => Promise.all(
        document.getAnimations()
            .filter((each) => each.effect?.getComputedTiming().endTime < 10_000)
            .map((each) => each.finished.catch(() => {})),
    ).then(() => {})
"""


def axe_findings(page: Page, within: str = "") -> list[str]:
    """What axe finds with every rule switched on, one line a finding; in parts, if named."""
    page.wait_for_load_state()
    if within:
        page.locator(within).first.wait_for(state="attached")
    page.evaluate(SETTLE)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(RUN_ALL_RULES, within)
    return [
        f"{violation['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}"
        for violation in found
        for node in violation["nodes"]
    ]
