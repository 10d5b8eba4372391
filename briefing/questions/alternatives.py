"""Whether a question with its verb in front offers a choice: *Is it a loan or a grant?*

The form decides (Stivers & Enfield 2010: alternative questions limit the answer to what they
name): a second verb or a comma before *or*, or two short phrases of like form around an *or*
near the end. Where the verb merely asks whether something exists or is known (*have, there is,
aware of, heard*), or the wording is a formula (*a week or two*), the question stays polar.
"""

from __future__ import annotations

from briefing.questions.interrogatives import AUX, SUBJECT, VERB, compiled

OR_VERB = compiled(
    rf"\bor,?\s+{AUX}\s+(?:{SUBJECT}\b|(?-i:[A-Z]))"
    r"|[,—–]\s*or\s+(?!(?:not|so|any\w*|some\w*|even|at\s+least|rather|more|other)\b)\w"
)
_DET = r"(?:the|this|that|these|those|my|your|our|his|her|its|their)"
_LINK = r"(?:about|as|at|between|by|for|from|in|into|of|on|over|through|to|under|with|within)"
_W = r"[\w'’-]+"
_UNIT = r"(?:second|minute|hour|day|week|month|year)s"
_LAST = (  # what may follow the choice: a time, a place
    rf"(?:\s+(?:{_LINK}|after|before|during|this|next|last|today|tomorrow|now|soon|again|yet|then)\b"
    rf"(?:\s+{_W}){{0,4}})?\W*$"
)
_OR = r"\s+or\s+(?:(?:just|only|merely|still|really)\s+)?"
_CHOICES = (
    compiled(
        rf"\b{_DET}(?:\s+(?!(?:an?|{_DET})\b){_W}){{1,3}}{_OR}{_DET}(?:\s+{_W}){{1,2}}{_LAST}"
    ),
    compiled(rf"\b{_LINK}(?:\s+{_W}){{1,3}}{_OR}{_LINK}(?:\s+{_W}){{1,2}}{_LAST}"),
    compiled(rf"(?-i:\b[A-Z]{_W}\s+or\s+[A-Z]{_W}(?:\s+[A-Z]{_W}){{0,2}}){_LAST}"),
    compiled(rf"\b{_W}\s+({_W}){_OR}{_W}\s+\1{_LAST}"),  # this week or next week
    compiled(
        rf"\bfor\s+or\s+against\b|\b(?:{_UNIT}\s+or\s+{_UNIT}|(?:up|higher|more|better|stay|in)\s+or\s+"
        rf"(?:down|lower|less|worse|go|out)){_LAST}"
    ),
)
_KINDS = compiled(  # is it a loan or a grant, but not: is it seeking a loan or a grant
    rf"(?:(?:is|are|was|were)(?:n't)?\s+(?:(?!\w+(?:ing|ed)\b|an?\b){_W}\s+){{1,4}}"
    rf"|.*?\b(?:be|become|call\s+(?:it|this|that))\s+)"
    rf"an?\s+(?:{_W}\s+){{0,2}}{_W}{_OR}an?(?:\s+{_W}){{1,2}}{_LAST}"
)
_QUALITIES = compiled(  # is it temporary or permanent, but not: killed or injured, boats or ships
    rf"(?:is|are|was|were)(?:n't)?\s+(?:{_W}\s+){{1,4}}(?!\w+(?:ed|s)\s+or\s){_W}{_OR}{_W}\W*$"
)
_RATHER = compiled(r".*\b(?:rather|prefer|choose)\b.*\sor\s")
_NO_CHOICE = compiled(  # formulas, estimates and what merely widens the question
    r"\bor\s+(?:not?|so|two|any\w*|some\w*|even|rather|fewer|other\w*|another|else\w*"
    r"|whatever|whoever|both|neither|perhaps|maybe|at\s+least|the\s+others?|that|this|such|what)\b"
    r"|\b(?:sooner|whether|yes|no)\s+or\b|\b(?:more\s+or\s+less|day\s+or\s+night)\s+\w"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+or\b|\bday\s+or\s+night\b"
    r"|\b(?:one\s+way|confirm|hurt|harmed|killed|dead|ill|sick)\s+or\b"
)
_OPEN = compiled(  # asks whether there is something, or whether somebody knows of it
    rf"{AUX}\s+there\b|(?:do|does|did)(?:n't)?\s+(?:{_W}\s+){{1,4}}(?:have|expect|confirm)\b"
    r"|.*\b(?:any\w*|ever|whether|if|who|which|how|what|either\s+of|aware|know|seen|heard?|received?"
    r"|spoken|speak\w*|talk(?:ed)?\s+(?:to|with)|met|got|(?<!more\s)(?:concern|worri)ed)\b"
)
_BEFORE = 14  # words of a question before the choice that it ends with


def offers_choice(words: str) -> bool:
    """Whether a question that begins with its verb is an alternative question by its form."""
    if OR_VERB.search(words):
        return True
    verb = VERB.match(words)
    if verb is None or _OPEN.match(words):
        return False
    if _RATHER.match(words):
        return True
    at = verb.end() + 2  # not at once: the mayor or the governor may be the subject
    found = next(filter(None, (choice.search(words, at) for choice in _CHOICES)), None)
    found = found or _KINDS.match(words) or _QUALITIES.match(words)
    before = words[: found.start()].split() if found else ()
    return found is not None and len(before) < _BEFORE and not _NO_CHOICE.search(found[0])
