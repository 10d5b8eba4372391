"""What is done to a page before it is parsed: deep nesting made flat, `noscript` cut out.

The parser keeps to the standard, and some of the standard's rules look up through all open
elements: thousands of them inside one another would take quadratic time. Tags beyond a depth
are dropped, their text stays. Pages that people save never come near. What a page shows to
browsers without scripts is no part of it, and in its head would end the head too early.
"""

from __future__ import annotations

import re

DEEPEST = 400  # browsers, too, stop nesting at about this depth
MANY = 5000  # options, over which the parser takes quadratic time
STYLED = 25  # open tags of type (b, font) that one paragraph hands on to the next
TAGS = re.compile(
    r"<(/?)(?:(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)|abbr|address|article|"
    r"aside|blockquote|button|center|cite|del|details|dialog|div|dl|fieldset|figcaption|"
    r"figure|footer|form|g|header|hgroup|ins|label|main|mark|math|menu|nav|object|ol|optgroup|"
    r"q|rb|rt|rtc|ruby|search|section|select|span|sub|summary|sup|svg|table|tbody|template|"
    r"tfoot|thead|ul|h[1-6])(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
NOSCRIPT = re.compile(r"<noscript\b", re.IGNORECASE)
END_NOSCRIPT = re.compile(r"</noscript\s{0,99}>", re.IGNORECASE)
CHOICES = re.compile(r"<(/?)(select|option)\b", re.IGNORECASE)
GIANT = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{20000,}>")


def ready_to_parse(text: str) -> str:
    """The page without the tags that nest deeper than any browser would follow."""
    text = GIANT.sub(r"<\1>", _without_noscript(text))
    if text.count("<") < 2 * DEEPEST:
        return text
    if text.count("<option") > MANY:
        text = CHOICES.sub(lambda m: f"<{m[1]}{'menu' if m[2] in 'SELECTselect' else 'li'}", text)
    depth = {True: 0, False: 0}

    def kept(match: re.Match[str]) -> str:
        style = bool(match[2])
        too_deep = depth[style] > (STYLED if style else DEEPEST)
        depth[style] = max(0, depth[style] - 1) if match[1] else depth[style] + 1
        return "" if too_deep else match[0]

    return TAGS.sub(kept, text)


def _without_noscript(text: str) -> str:
    *parts, rest = END_NOSCRIPT.split(text)
    starts = ([match.start() for match in NOSCRIPT.finditer(part)] or [len(part)] for part in parts)
    return "".join(part[: at[-1]] for part, at in zip(parts, starts, strict=True)) + rest
