"""The course: running notebooks, checking answers, copies for students, the gallery of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import briefing

if TYPE_CHECKING:
    from briefing.course.lesson import check as check


def __getattr__(name: str) -> Any:
    return briefing.find(__name__, name, {"check": "briefing.course.lesson"})
