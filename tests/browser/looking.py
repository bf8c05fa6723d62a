"""What is wrong with a page that somebody looks at: on a desk, on a phone, on the narrowest screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Response

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE, NARROWEST = 1280, 390, 320
HEIGHT = 720

FRAME = """() => ({
    title: document.title,
    headings: [...document.querySelectorAll("h1")].map(heading => heading.innerText),
    ids: [...document.querySelectorAll("[id]")].map(element => element.id),
    links: [...document.querySelectorAll("a[href^='#']")].map(link => link.hash.slice(1)),
})"""

# The innermost pieces whose box or text goes beyond the right edge of the screen, if one can scroll there.
OVERHANG = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const reach = one => one.getBoundingClientRect().left + Math.max(one.scrollWidth, one.offsetWidth || 0);
    const wide = [...document.body.querySelectorAll("*")].filter(one => reach(one) > width + 1);
    return [document.documentElement.scrollWidth + " px", ...wide.slice(-3).map(one => one.outerHTML.slice(0, 120))];
}"""


@contextmanager
def listening(page: Page) -> Iterator[list[str]]:
    """What the browser complains about meanwhile: scripts, styles and files that are refused or missing."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # That the page itself is an error page is judged by its status.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    heard = {
        "console": said,
        "pageerror": lambda error: complaints.append(f"script: {error}"),
        "requestfailed": lambda request: complaints.append(f"not loaded: {request.url}"),
        "response": lambda answer: complaints.append(f"{answer.status}: {answer.url}") if _is_missing(answer) else None,
    }
    for event, listener in heard.items():
        page.on(event, listener)  # type: ignore[call-overload]
    try:
        yield complaints
    finally:
        for event, listener in heard.items():
            page.remove_listener(event, listener)


def _is_missing(answer: Response) -> bool:
    """Whether something that the page is made of could not be had."""
    return answer.status >= 400 and not answer.request.is_navigation_request()


def faults(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands. Leaves it on the narrowest screen."""
    found = _frame(page)
    page.evaluate(AXE_SCRIPT)
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width} px: {complaint}" for complaint in _axe(page)]
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    found += [f"{NARROWEST} px: wider than the screen: {piece}" for piece in page.evaluate(OVERHANG)]
    return found


def _frame(page: Page) -> list[str]:
    frame = page.evaluate(FRAME)
    wrong = []
    if not frame["title"].removesuffix(" – LSP").strip() or not frame["title"].endswith(" – LSP"):
        wrong.append(f"the title does not say where one is: {frame['title']!r}")
    if len(frame["headings"]) != 1 or not frame["headings"][0].strip():
        wrong.append(f"not one heading: {frame['headings']}")
    if page.locator(".govuk-error-message").count() and not frame["title"].startswith("Error: "):
        wrong.append(f"the title does not say that there are errors: {frame['title']!r}")
    wrong += [f"a link to #{name}, which is nowhere" for name in frame["links"] if name and name not in frame["ids"]]
    return wrong


def _axe(page: Page) -> list[str]:
    answer = page.evaluate("rules => axe.run({resultTypes: ['violations'], runOnly: rules})", RULES)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]} ({node.get('failureSummary', '')})"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
