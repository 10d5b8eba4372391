"""Views to explore a briefing in JupyterLab: search it, walk through its turns, check it, code it.

Each view works by mouse and by keyboard, and is a plain table wherever no widget can live: on
a printed page, in what nbconvert writes, in a notebook that is kept. Nothing is fetched.
"""

from briefing.explore.check_view import CheckView, check
from briefing.explore.search_view import SearchView, search
from briefing.explore.view import CodeView, TimelineView, apart, code, reveal, timeline

__all__ = [
    "CheckView",
    "CodeView",
    "SearchView",
    "TimelineView",
    "apart",
    "check",
    "code",
    "reveal",
    "search",
    "timeline",
]
