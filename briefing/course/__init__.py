"""The course: running notebooks, checking answers, students' copies, the gallery of figures."""

from briefing.course.lesson import check as check
