"""Lists of wordings as one regular expression each, for printed text as it stands."""

from __future__ import annotations

import re
from functools import cache

from briefing.lexicons import pattern


@cache
def wording(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` as one, case ignored; a space is any white space."""
    return re.compile(pattern(name).pattern.replace(" ", r"\s+"), re.IGNORECASE)
