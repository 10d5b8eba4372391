"""The lessons and the report of a Chinese briefing: words, every sign drawn, nothing empty."""

import json
import re
import shutil

import pytest

import briefing
from briefing.course.run import run_notebooks

pytestmark = pytest.mark.slow

NAME = "zh-harbour.txt"
NAMELESS = {  # figures of roles, times and categories, which have English names
    "agency", "agency-by-role", "questions-and-answers", "speaking-time", "minutes-by-the-clock",
    "words-by-role", "stance",
}  # fmt: skip
SIGN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def transcript(root):
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    return root / "tests" / "made" / NAME


@pytest.fixture(scope="module")
def course(root, transcript, tmp_path_factory):
    """The folder of a run of all notebooks on it: `notebooks/` and `figures/`."""
    checkout = tmp_path_factory.mktemp("checkout")
    for folder in ("notebooks", "data"):
        shutil.copytree(root / folder, checkout / folder)
    run_notebooks(transcript, briefing_id="zh", root=checkout)
    return checkout / "build" / "zh"


@pytest.fixture(scope="module")
def printed(course):
    """What each lesson prints, warnings too, by its number."""
    found = {}
    for path in sorted(course.glob("notebooks/0*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [one for cell in cells for one in cell.get("outputs", ())]
        texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
        found[path.name[:2]] = "\n".join("".join(text) for text in texts)
    return found


def test_each_lesson_runs_and_no_figure_has_a_sign_that_no_font_draws(printed):
    assert len(printed) == 10
    for text in printed.values():
        assert not re.search("no installed font|Glyph|Traceback|Warning", text)


def test_each_figure_names_words_or_people_of_the_text(course, transcript):
    said = transcript.read_text(encoding="utf-8")
    sentences = sorted(course.glob("figures/*.txt"))
    assert len(sentences) > 10
    named = {
        path.stem: re.findall(rf"{SIGN.pattern}+", path.read_text(encoding="utf-8"))
        for path in sentences
    }
    assert all(name in said for names in named.values() for name in names)
    assert {stem for stem, names in named.items() if not names} <= NAMELESS


def test_the_lessons_are_about_content_words_and_none_is_counted_by_the_sign(printed):
    assert "the word of this lesson: 居民" in printed["02"]
    topics = printed["03"].partition("n_patterns")[2][:200]
    assert [re.search(word, topics) is not None for word in ("渡轮", "码头", "一个", "的")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not any("CHARACTER" in text for text in printed.values())


def test_what_is_made_for_english_is_left_out(printed):
    why = "by word lists for English, and this text is in 'zh'"
    assert not any(why in said for said in printed.values())


def test_the_report_has_its_sections_and_says_what_it_leaves_out(transcript):
    page = briefing.read(transcript).overview()
    assert [(own["outlet"], own["turns"]) for own in page.askers] == [
        ("海港日报", 2), ("灯塔电视台", 2), ("北岛广播", 2), ("渔业周报", 2),
    ]  # fmt: skip
    reasons = dict(page.not_shown)
    assert "is for English; this text is in Chinese." in reasons["Topics of the questions"]
    for section in re.findall(r"(?s)<section.*?</section>", page.html):
        assert SIGN.search(section) or "<dd>" in section
