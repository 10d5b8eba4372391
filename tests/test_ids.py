"""Two briefings never become one: files are told apart, and one id for two is refused."""

from __future__ import annotations

import pandas as pd
import pytest

import briefing
from briefing.tables import BriefingError

ONE = "Ann Lee: We open the quay in May.\n\nQ: Why so late?\n\nAnn Lee: Because of the ice."
OTHER = "Bob Ray: The ferry is late again.\n\nQ: Why late?\n\nBob Ray: The fog was thick."


def test_files_of_one_name_are_told_apart_and_a_file_keeps_its_id(tmp_path):
    paths = [tmp_path / place / "talk.txt" for place in ("x/a", "x/b", "y/b")]
    for path, text in zip(paths, (ONE, OTHER, ONE), strict=True):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    ids = [briefing.read(path).briefing_id for path in paths]
    assert len({*ids}) == 3
    assert [briefing.read(path).briefing_id for path in paths] == ids
    turns = pd.concat([briefing.read(path).turns for path in paths])
    assert briefing.questions.parts(turns)["text"].tolist() == [
        "Why so late?", "Why late?", "Why so late?",
    ]  # fmt: skip


MEASURES = {
    "topics": lambda turns, tokens: briefing.topics.frequency(tokens, {"x": ["ferry"]}),
    "words": lambda turns, tokens: briefing.lexis.common(tokens),
    "counts": lambda turns, tokens: briefing.lexis.counts(tokens),
    "keyness": lambda turns, tokens: briefing.keywords.keyness(
        tokens.query("role == 'official'"), tokens.query("role != 'official'")
    ),
    "collocates": lambda turns, tokens: briefing.context.collocates(tokens, "late"),
    "questions": lambda turns, tokens: briefing.questions.parts(turns),
    "shares": lambda turns, tokens: briefing.speaking.share(turns),
    "tokens": lambda turns, tokens: briefing.tokenize(turns),
}


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_refuses_two_briefings_of_one_id(name):
    one, other = briefing.parse(ONE), briefing.parse(OTHER)
    both = [pd.concat([getattr(t, kind) for t in (one, other)]) for kind in ("turns", "tokens")]
    with pytest.raises(BriefingError, match=r"occurs twice.*id='a'"):
        MEASURES[name](*both)
    other = briefing.parse(OTHER, id="b")
    both = [pd.concat([getattr(t, kind) for t in (one, other)]) for kind in ("turns", "tokens")]
    MEASURES[name](*both)
