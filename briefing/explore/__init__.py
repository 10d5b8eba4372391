"""Views to explore a briefing in JupyterLab: search it, walk through its turns, check it, code it.

Each view works with mouse and keyboard, and becomes a plain table where widgets do not work: on a
printed page, in nbconvert output, in a saved notebook. Nothing is downloaded.
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
