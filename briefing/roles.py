"""Who speaks as what: official, journalist or moderator, from cues in the text alone.

A person has one role in a briefing. Words in the label come first (*Question*, *Moderator*,
an office, what outlets are called); then what the person does: who asks, who is thanked for
taking a question, whose turns follow questions, who only opens, closes or gives the floor.
No person and no outlet is known by name. Each role says what it was read from and how sure
that is: a word in the label is certain, an office nearly so, deeds alone are a judgement.
"""

from __future__ import annotations

from collections import defaultdict

from briefing.cues import IS_MODERATOR, TAKES_QUESTIONS, titled_names
from briefing.deeds import Deeds, deeds_of, person_of
from briefing.lexicons import lexicon
from briefing.names import Name, ends_in_reporter, has_office, is_outlet, label_key, role_word
from briefing.turns import Parsed, Turn

Verdict = tuple[str, str, float]  # role, why, how sure
SURE = 1.0
BY_WORD = {"question": "journalist", "answer": "official", "aside": "unknown"}


def assign_roles(parsed: Parsed, names: dict[int, Name], roster: dict[str, str]) -> None:
    """Give each turn its role, one role a person, and the reason."""
    turns = parsed.turns
    people: dict[str, list[int]] = defaultdict(list)
    for i, turn in enumerate(turns):
        if turn.label is not None or turn.role == "unknown":
            people[person_of(turn, i)].append(i)
    labels = [t.label for t in turns if t.label and not role_word(t.label)]
    capitals = sum(label.isupper() for label in labels) >= 0.7 * len(labels)
    acronyms = not capitals and not any(role_word(t.label or "") == "question" for t in turns)
    verdicts = {
        person: _by_label([turns[i] for i in at], [names.get(i, Name()) for i in at], acronyms)
        for person, at in people.items()
    }
    called: dict[str, set[int]] = defaultdict(set)  # name -> questions that call it by a title
    for i, turn in enumerate(turns):
        for name in titled_names(turn.text):
            called[name].add(i)
    has_questioners = any(role_word(t.label or "") == "question" for t in turns)
    for person, at in people.items():
        hint = verdicts[person]
        if hint[2] < SURE:
            listed = turns[at[0]].speaker in roster
            deeds = deeds_of(turns, at, {p: v[0] for p, v in verdicts.items()}, called)
            verdicts[person] = _judge(hint, deeds, turns, at, listed, has_questioners)
    for person, at in people.items():
        for i in at:
            turns[i].role, turns[i].role_why, turns[i].role_sure = verdicts[person]


def _by_label(turns: list[Turn], names: list[Name], acronyms: bool) -> Verdict:
    """What the label says by itself."""
    labels = [t.label or "" for t in turns]
    words = {role_word(label) for label in labels} - {None}
    for word, role in BY_WORD.items():
        if word in words:
            return role, f"the label says {labels[0]!r}", SURE if word != "aside" else 0.99
    if any(map(ends_in_reporter, labels)):
        return "journalist", f"the label says {labels[0]!r}", 0.95
    first = {label_key(label.split()[0]) for label in labels if label}
    if "moderator" in words or first & lexicon("label-moderator"):
        return "moderator", f"the label says {labels[0]!r}", SURE
    offices = [n.office for n in names if n.office and has_office(n.office)]
    offices += [label for label in labels if has_office(label)]
    if offices:
        return "official", f"the label names an office: {offices[0]!r}", 0.95
    outlets = [
        o
        for o in [*labels, *(n.organisation or "" for n in names)]
        if is_outlet(o, acronyms=acronyms)
    ]
    if outlets:
        return "journalist", f"{outlets[0]!r} reads like an outlet", 0.9
    return "unknown", "", 0.0


def _judge(
    hint: Verdict,
    does: Deeds,
    turns: list[Turn],
    at: list[int],
    listed: bool,
    questioners: bool,
) -> Verdict:
    """The role from the label's hint and from deeds, the stronger sign first."""
    if turns[at[0]].label is None and TAKES_QUESTIONS.search(turns[at[0]].text[-200:]):
        return "official", "says that they take questions", 0.8
    if any(IS_MODERATOR.search(turns[i].text[:600]) for i in at):
        return "moderator", "says that they moderate", 0.95
    once = does.n == 1 and 0 < at[0] < len(turns) - 1 and " " in (turns[at[0]].label or "")
    if does.runs == does.n and hint[0] != "journalist" and not (once and hint[0] == "official"):
        return "moderator", "only opens, closes or gives the floor", 0.85
    if does.runs >= 0.75 * does.n and does.n > 2 and does.longest_other <= 10:
        return "moderator", "gives the floor, and says next to nothing else", 0.8
    if does.hosts and does.runs > 1 and hint[0] == "unknown":
        return "moderator", "opens or closes, and never speaks after a question", 0.75
    if hint[0] != "unknown" or hint[2] > 0.9:
        return hint
    if listed:
        return "official", "is listed at the head with an office", 0.9
    opens = at[0] == 0 or not any(t.label for t in turns[: at[0]])
    little = does.longest_other <= (15 if does.answered else 60)
    if opens and does.runs > 1 and does.runs >= does.n / 2 and little:
        return "moderator", "opens and hands over the floor, and says little else", 0.8
    if questioners:
        return _beside_questioners(does)
    if does.addressed and does.asks < 0.6:
        return "official", "is addressed by those who ask", 0.85
    follows = does.runs + does.answered > does.n / 2 and does.asks < 0.6
    if does.introduces or does.asks >= 0.6 and not does.thanks and not follows:
        return "journalist", "asks, or says for whom", 0.8
    if does.thanks or follows:
        return "official", "speaks after questions", 0.8
    if does.answered or does.words > 60 or does.n > 2:
        return "official", "makes statements and does not ask", 0.6
    return "unknown", "too little to go by", 0.5


def _beside_questioners(does: Deeds) -> Verdict:
    """Where questioners have a label of their own, the named are the institution's."""
    if does.courtesy:
        if does.introduces and does.asks and not does.thanks:
            return "journalist", "asks, and says for whom", 0.7
        return "official", "has a name where questioners have none", 0.85
    if does.introduces or does.asks >= 0.6 and not does.answered:
        return "journalist", "asks, or says for whom", 0.7
    if does.answered:
        return "official", "speaks after questions", 0.8
    return "unknown", "neither asks nor answers, and has no office", 0.6
