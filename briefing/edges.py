"""The two ends of a page: lines before the first label and after the last words."""

from __future__ import annotations

from briefing.cues import ASKS, STAGE, is_talk
from briefing.labels import ends_sentence
from briefing.page import CRUMB, is_end, is_pager, is_time
from briefing.reading import Line
from briefing.turns import Parsed, Turn, add_piece


def place_head(parsed: Parsed) -> None:
    """Lines before the first label: an unlabelled turn at the end, metadata above it."""
    head = parsed.head
    begin = len(head)
    for i in range(len(head) - 1, -1, -1):
        row = head[i]
        if row.line.heading or is_time(row.text) or is_pager(row.text) or CRUMB.match(row.text):
            break
        if not ends_sentence(row.text) and row.paragraph:
            break
        if is_talk(row.text) and row.paragraph:
            begin = i
    talk = head[begin:]
    if talk:
        asks = any(ASKS.search(r.text) for r in talk)
        turn = Turn(None, first_line=talk[0].number, confidence=0.8 if asks else 0.6)
        turn.why = "no label; the text asks" if asks else "no label; somebody speaks here"
        for row in talk:
            add_piece(turn, row, 0, len(row.text))
        parsed.turns.insert(0, turn)
    for row in head[:begin]:
        kind = "boilerplate" if is_pager(row.text) or CRUMB.match(row.text) else "metadata"
        parsed.kinds[row.number, 0, len(row.text)] = kind


def cut_tail(parsed: Parsed, lines: list[Line]) -> None:
    """What stands after the last words: end marks, times, pagers, links."""
    if not parsed.turns or not parsed.turns[-1].pieces:
        return
    last = parsed.turns[-1]
    begins = [i for i, p in enumerate(last.pieces) if i == 0 or p.paragraph]
    texts = [
        " ".join(lines[p.line].text[p.start : p.stop].strip() for p in last.pieces[a:b])
        for a, b in zip(begins, [*begins[1:], len(last.pieces)], strict=True)
    ]
    cut = len(last.pieces)
    for i, text in enumerate(texts):
        own_line = i > 0 or last.pieces[0].start == 0
        bare = not ends_sentence(text) and not STAGE.match(text) and len(text.split()) <= 15
        after = texts[i + 1 :]
        if (
            own_line
            and (is_end(text) or is_pager(text))
            or (i and bare and sum(map(is_talk, after)) <= 0.34 * len(after))
        ):
            cut = begins[i]
            break
    for piece in last.pieces[cut:]:
        parsed.kinds[piece.line, piece.start, piece.stop] = "boilerplate"
    del last.pieces[cut:]
