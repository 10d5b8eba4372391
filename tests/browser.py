"""What the tests of pages ask a browser: axe's verdict, what is cut off, what has no name."""

from conftest import ROOT

AXE = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = (
    "() => axe.run({resultTypes: ['violations', 'incomplete']})"  # all rules, details of these
)
# What reaches beyond the window, unless it stands in a box that scrolls; and what is cut off.
BEYOND = """() => {
    const found = [], wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) found.push("the page scrolls sideways");
    for (const e of document.querySelectorAll("body *")) {
        const box = e.getBoundingClientRect(), style = getComputedStyle(e);
        if (e.closest(".box table, .heard, .skip") || !box.width) continue;
        if (box.right > wide + 1 || box.left < -1) found.push(e.outerHTML.slice(0, 80));
        if (style.overflowX == "hidden" && e.scrollWidth > e.clientWidth + 1)
            found.push("cut off: " + e.outerHTML.slice(0, 80));
    }
    return found;
}"""
UNREACHED = """() => [...document.querySelectorAll(".box")].filter(
    b => b.scrollWidth > b.clientWidth && b.tabIndex != 0).map(b => b.ariaLabel)"""
LEVELS = "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
HEADLESS = """() => [...document.querySelectorAll("table")].filter(t =>
    ![...t.querySelectorAll("th")].some(h => h.scope.startsWith("col"))
    || [...t.querySelectorAll("th")].some(h => !h.scope || !h.textContent.trim())
).map(t => t.textContent.slice(0, 80))"""
