"""Which column holds what is said, which who says it, and which the times.

Names decide first: the words for *speaker* and *text* in the languages that briefings are
published in. Then the content: text is the longest prose, a speaker is short and comes back.
Where two columns would do, a warning names both.

Tables inside of documents (pages, Word files) are talk if one of their columns names speakers
and another holds prose; then the prose gets its speaker and its times, and the other cells stand
outside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from briefing.reading.lines import Line, Said
from briefing.reading.stamps import seconds
from briefing.tables import BriefingError

SPEAKER = tuple(
    "speaker_name speakername speaker speakers speaker_label name full_name person who talker "
    "actor participant interlocutor author user sprecher sprecherin redner rednerin "
    "orador oradora hablante ponente interviniente persona nombre locuteur locutrice orateur "
    "intervenant nom oratore relatore parlante nome falante spreker talare taler puhuja mówca "
    "konuşmacı 発言者 話者 氏名 发言人 讲话人 说话人 發言人 姓名 발언자 화자 спикер "
    "говорящий оратор докладчик المتحدث speaker_id speakerid speaker_tag speaker_index spk by "
    "from role channel".split()
)
TEXT = tuple(
    "text transcript transcription utterance utt speech content contents statement words remarks "
    "dialogue dialog message sentence sentences body caption line quote texto contenido "
    "intervención intervencion discurso texte contenu propos discours intervention testo "
    "contenuto intervento tekst rede inhalt wortlaut beitrag äußerung aussage conteúdo fala "
    "metin 发言 发言内容 内容 文本 正文 發言內容 原文 発言 発言内容 本文 내용 발언 텍스트 текст "
    "реплика النص said remark block_text display display_text segment tekst gezegd".split()
)
START = tuple(
    "start_s start start_time start_seconds start_sec starttime begin begin_time time_start "
    "timestamp time time_s offset onset start_ms inicio tiempo hora début debut beginn zeit "
    "ts offset_s t_start t_start_ms offset_milliseconds offset_in_ticks start_timestamp from_time "
    "zeitstempel inizio tempo 開始 开始 时间 時間 시작 시간 начало время".split()
)
STOP = tuple(
    "stop_s stop end end_time end_seconds end_sec end_s endtime stop_time time_end end_ms "
    "end_ts t_end end_timestamp to_time finish fin fim fine ende 終了 结束 끝 конец".split()
)
LENGTH = tuple("duration duration_s dur d_duration_ms length_s dauer durée duración".split())
NAMES_ONLY = frozenset(  # names of people and of other things: they hold where they stand
    "name full_name person actor author user nom nome nombre persona 姓名 氏名 성명 from role by "
    "channel".split()
)
UNITS = {
    "ms": 1e-3, "millis": 1e-3, "millisecond": 1e-3, "milliseconds": 1e-3, "ticks": 1e-7,
    "nanos": 1e-9, "ns": 1e-9, "s": 1.0, "sec": 1.0, "seconds": 1.0,
}  # fmt: skip
ROLES = (
    ("length", frozenset(("duration", "dur", "length"))),
    ("stop", frozenset(("stop", "end", "ended", "to", "out", "finish"))),
    ("start", frozenset("start begin from in onset offset offsets timestamp timestamps timecode "
                        "timespan".split())),
)  # fmt: skip
BESIDE = frozenset(
    "t d time times tc reference ref data code audio segment adjusted relative".split()
)
ROLE_NAMES = {"start": START, "stop": STOP, "length": LENGTH}
RANGE = re.compile(r"(?:(?<!\s)\s+)?-->\s*|(?<!\s)\s+[-–—]\s+")
QUESTION_AND_ANSWER = (
    ("question", "answer"), ("questions", "answers"), ("q", "a"), ("question", "response"),
    ("pregunta", "respuesta"), ("question", "réponse"), ("question", "reponse"),
    ("frage", "antwort"), ("domanda", "risposta"), ("pergunta", "resposta"),
    ("pytanie", "odpowiedź"), ("вопрос", "ответ"), ("问题", "回答"), ("問", "答"),
    ("问", "答"), ("質問", "回答"), ("質問", "答弁"),
    ("질문", "답변"), ("pertanyaan", "jawaban"), ("soru", "cevap"),
    ("vraag", "antwoord"), ("fråga", "svar"), ("السؤال", "الجواب"), ("prompt", "completion"),
)  # fmt: skip
NOT_TEXT = frozenset((*SPEAKER, *START, *STOP, *LENGTH))
EAST_ASIAN = re.compile("[\u2e80-\uffff]")
HEADER_ROWS = 6  # of a table, among which its names may stand, below a title
SHORT = 60  # characters a speaker's name may have on average
LOOKED_AT = 2000  # rows looked at to judge a column


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns; None where the table has none. `why` says it in words."""

    text: int
    speaker: int | None
    start: int | None
    stop: int | None
    length: int | None
    why: str


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """A column's name without its dress: `Speaker Name`, `speakerName` are speaker_name."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()[:80].strip("\ufeff'\""))
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")


def question_and_answer(plain: list[str]) -> tuple[str, str] | None:
    """The two names, of those given, under which a question and its answer stand.

    >>> question_and_answer(["date", "interview_question", "interview_answer", "question"])
    ('interview_question', 'interview_answer')
    """
    pairs = []
    for asked, answered in QUESTION_AND_ANSWER:
        for name in plain:
            parts = name.split("_")
            other = "_".join(answered if part == asked else part for part in parts)
            if asked in parts and other in plain:
                pairs.append((name, other))
    return max(pairs, key=lambda pair: len(pair[0]), default=None)


def known_names(header: list[str]) -> int:
    """How many of who, what and when the names in this row cover."""
    plain = {plain_name(name) for name in header}
    return sum(not plain.isdisjoint(names) for names in (SPEAKER, TEXT, START))


NO_NAME = re.compile(r".*[.!?。！？…]\s*$|[\d\s.,:-]*$")


def header_at(rows: list[list[str]]) -> int | None:
    """Which of the first rows names the columns; None where none does.

    Its names are known, or it is the first row and looks like a header.
    """
    for at, row in enumerate(rows[:HEADER_ROWS]):
        if known_names(row) > 1 or question_and_answer([plain_name(cell) for cell in row]):
            return at
    return 0 if len(rows) > 1 and _looks_like_header(rows) else None


def _looks_like_header(rows: list[list[str]]) -> bool:
    """Whether the first row is short, all different, far shorter, and does not come back below."""
    first, body = rows[0], rows[1:200]
    if len(set(first)) < len(first) or any(NO_NAME.match(cell) for cell in first if cell):
        return False
    below = [[row[n] for row in body if n < len(row)] for n in range(len(first))]
    longest = max((sum(map(len, cells)) for cells in below), default=0)
    back = any(cell in cells for cell, cells in zip(first, below, strict=True) if cell)
    return not back and max(map(len, first)) * len(body) < 0.5 * longest


def are_names(cells: list[str]) -> bool:
    """Short values of few words, each different from the one before, one at least twice."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    short = all(len(cell) <= SHORT and len(cell.split()) <= 6 for cell in filled)
    changes = sum(a != b for a, b in pairwise(filled))
    return (
        len(filled) > 2 and short and len(set(filled)) < len(filled) and not _is_figures(filled)
        and changes >= 0.8 * (len(filled) - 1)
        and not any(cell.endswith((".", "!", "?", "。", "？")) for cell in filled)
    )  # fmt: skip


def reads_as_speech(rows: list[list[str]]) -> bool:
    """Whether one column holds prose and another comes back, without looking at names."""
    width = min(len(row) for row in rows)
    columns = [[row[n] for row in rows[:LOOKED_AT]] for n in range(width)]
    labels = [n for n in range(width) if names_come_back(columns[n])]
    prose = [n for n in range(width) if words_in(columns[n]) >= 4 and n not in labels]
    return bool(labels and prose) and not any(c.strip().endswith(":") for c in columns[0])


def choose_columns(columns: list[str], rows: list[list[str]], name: str) -> Columns:
    """The columns to read; BriefingError, naming them, where that is not certain."""
    cells = [[row[n] for row in rows[:LOOKED_AT]] for n in range(len(columns))]
    plain = [plain_name(column) for column in columns]
    text, text_why = _text_column(columns, plain, cells, name)
    rest = [n for n in range(len(columns)) if n != text]
    start, stop, length = (
        _time_column(plain, cells, rest, role) for role in ("start", "stop", "length")
    )
    clocks = [n for n in rest if n not in (start, stop, length) and _are_clocks(cells[n])]
    if start is None:
        start, stop = (*clocks, stop, stop)[:2] if clocks else (None, stop)
    rest = [n for n in rest if n not in (start, stop, length, *clocks)]
    speaker, speaker_why = _speaker_column(columns, plain, cells, rest)
    why = f"text taken from column {columns[text]!r} ({text_why}), {speaker_why}"
    if start is not None:
        why += f", times from {columns[start]!r}"
    return Columns(text, speaker, start, stop, length, why + ".")


def _text_column(
    columns: list[str], plain: list[str], cells: list[list[str]], name: str
) -> tuple[int, str]:
    lengths = [words_in(column) for column in cells]
    named = [
        n for n, p in enumerate(plain) if p in TEXT and lengths[n] > 0 and not _is_figures(cells[n])
    ]
    chosen = named or _prose(plain, cells, lengths)
    if not chosen:
        raise BriefingError(
            f"{name}: no column of this table holds text (columns: {_listed(columns)}); "
            f"name the column with what is said `text`."
        )
    chosen.sort(key=lambda n: lengths[n], reverse=True)
    near = sorted(n for n in chosen if lengths[n] > 0.5 * lengths[chosen[0]])
    if len(near) > 1:
        return near[0], f"the first of {_listed([columns[n] for n in near])}, which may all be it"
    return chosen[0], "by its name" if named else "the longest prose"


def _prose(plain: list[str], cells: list[list[str]], lengths: list[float]) -> list[int]:
    """The columns that hold running text, whatever they are called."""
    return [
        n for n, words in enumerate(lengths)
        if words >= 3 and plain[n] not in NOT_TEXT and not names_come_back(cells[n])
    ]  # fmt: skip


def _speaker_column(
    columns: list[str], plain: list[str], cells: list[list[str]], rest: list[int]
) -> tuple[int | None, str]:
    named = _named_speaker(plain, cells, rest)
    if named is not None:
        return named, f"speakers from {columns[named]!r} (by its name)"
    found = [n for n in rest if names_come_back(cells[n])]
    if len(found) > 1:
        most = max(found, key=lambda n: len({*cells[n]}))
        among = _listed([columns[n] for n in found])
        return most, f"speakers from {columns[most]!r} (the most different of {among})"
    if not found and len(rest) == 1 and are_names(cells[rest[0]]):
        found = rest
    if found:
        return found[0], f"speakers from {columns[found[0]]!r} (short values that come back)"
    return None, "no column of speakers found"


def _named_speaker(plain: list[str], cells: list[list[str]], rest: list[int]) -> int | None:
    """The column of speakers by its name; one with words before one with figures."""
    named = [n for word in SPEAKER for n in rest if plain[n].rpartition(".")[2] == word]
    named += [n for n in rest if n not in named and plain[n].startswith("speaker_")]
    short = [n for n in named if _mean_length(cells[n]) <= SHORT]
    return next((n for n in short if not _is_figures(cells[n])), next(iter(short), None))


def time_roles(name: str) -> Iterator[tuple[int, str, float]]:
    """What a key may be for a time: role, with its rank and what makes seconds of it."""
    parts = name.split("_")
    unit = next((UNITS[part] for part in parts[1:] if part in UNITS), 1.0)
    for role, names in ROLE_NAMES.items():
        if name in names:
            yield names.index(name), role, unit
            return
    rest = [part for part in parts if part not in UNITS and part not in BESIDE]
    role = next((role for role, words in ROLES if words.intersection(rest)), "")
    if role and all(any(part in words for _, words in ROLES) for part in rest):
        yield 100, role, unit


def first_time(cell: str) -> float | None:
    """The time in a cell, or the first of two: `0:05 - 0:09`."""
    return seconds(RANGE.split(cell.strip(), maxsplit=1)[0])


def _time_column(
    plain: list[str], cells: list[list[str]], rest: list[int], wanted: str
) -> int | None:
    ranked = sorted((rank, n) for n in rest for rank, role, _ in time_roles(plain[n])
                    if role == wanted)  # fmt: skip
    for _, n in ranked:
        filled = [cell for cell in cells[n] if cell.strip()]
        timed = sum(first_time(cell) is not None for cell in filled)
        if filled and timed >= 0.8 * len(filled):
            return n
    return None


def _are_clocks(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    timed = sum(":" in cell and first_time(cell) is not None for cell in filled)
    return bool(filled) and timed >= 0.8 * len(filled)


def _listed(columns: list[str]) -> str:
    shown = [" ".join(column.split())[:40] for column in columns[:12]]
    return ", ".join(shown) + (", ..." if len(columns) > 12 else "")


def words_in(cells: list[str]) -> float:
    """Mean words in a cell; two characters of Chinese or Japanese count as one word."""
    total = sum(len(cell.split()) + len(EAST_ASIAN.findall(cell)) / 2 for cell in cells)
    return total / max(1, len(cells))


def _mean_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / max(1, len(cells))


def _is_figures(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return not filled or all(not re.search(r"[^\W\d_]", cell) for cell in filled)


def names_come_back(cells: list[str]) -> bool:
    """Short values with letters, each seen twice on average; times and dates are none."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    different = len(set(filled))
    if len(filled) < 0.5 * len(cells) or not 1 < different <= 0.5 * len(filled):
        return False
    times = sum(seconds(cell) is not None for cell in filled)
    return _mean_length(filled) <= 40 and not _is_figures(filled) and times < 0.5 * len(filled)


Place = tuple[int, int, int]  # table, row, cell
Row = dict[int, list[Line]]  # the lines of each cell
LEAST_ROWS = 3
WIDEST = 8


def speakers_from_tables(lines: list[Line], places: list[Place | None]) -> None:
    """Give the lines that stand in tables of talk the speakers and times of their rows."""
    placed = [(place, line) for place, line in zip(places, lines, strict=True) if place]
    placed.sort(key=lambda one: one[0])
    for _, group in groupby(placed, key=lambda one: one[0][0]):
        rows: dict[int, Row] = {}
        for (_, row, cell), line in group:
            rows.setdefault(row, {}).setdefault(cell, []).append(line)
        if len(rows) >= LEAST_ROWS:
            _mark_talk(list(rows.values()))


def _mark_talk(rows: list[Row]) -> None:
    width = 1 + max(max(row) for row in rows)
    grid = [[" ".join(line.text for line in row.get(n, [])) for n in range(width)] for row in rows]
    if not 2 <= width <= WIDEST:
        return
    names = [plain_name(cell) for cell in grid[0]]
    pair = question_and_answer(names)
    if pair:
        _set_outside(rows[0])
        _mark_exchanges(rows[1:], names, pair)
        return
    top = header_at(grid)
    columns = _columns(grid, top)
    if columns is None or columns.speaker is None:
        return
    headed = 0 if top is None else top + 1
    for row in rows[:headed]:
        _set_outside(row)
    speaker: str | None = None
    for row, cells in zip(rows[headed:], grid[headed:], strict=True):
        named = " ".join(cells[columns.speaker].split()).rstrip(":： ")
        speaker = named or speaker
        _mark_row(row, columns, Said("", speaker, *_times(cells, columns), bool(named)))


def _times(cells: list[str], columns: Columns) -> tuple[float | None, float | None]:
    start = first_time(cells[columns.start]) if columns.start is not None else None
    stop = seconds(cells[columns.stop]) if columns.stop is not None else None
    return start, stop


def _mark_row(row: Row, columns: Columns, said: Said) -> None:
    """Give the text of a row its speaker and times; the other cells stand outside."""
    _set_outside({n: found for n, found in row.items() if n != columns.text})
    for at, line in enumerate(row.get(columns.text, [])):
        line.speaker, line.start_s, line.stop_s = said.speaker, said.start_s, said.stop_s
        line.new, line.gap = said.new and at == 0, max(line.gap, int(at == 0))


def _mark_exchanges(rows: list[Row], names: list[str], pair: tuple[str, str]) -> None:
    for row in rows:
        for name, speaker in zip(pair, ("Question", "Answer"), strict=True):
            for at, line in enumerate(row.get(names.index(name), [])):
                line.speaker, line.new = speaker, at == 0


def _set_outside(cells: Row) -> None:
    for found in cells.values():
        for line in found:
            line.outside = True


def _columns(grid: list[list[str]], top: int | None) -> Columns | None:
    """The columns of a table of talk; None if it is not one, or not for certain."""
    body = grid if top is None else grid[top + 1 :]
    names = [""] * len(grid[0]) if top is None else grid[top]
    names = [name or f"column {n + 1}" for n, name in enumerate(names)]
    try:
        columns = choose_columns(names, body, "the table")
    except BriefingError:
        return None
    words = sum(len(row[columns.text].split()) + len(row[columns.text]) // 20 for row in body)
    return columns if words >= 3 * len(body) else None
