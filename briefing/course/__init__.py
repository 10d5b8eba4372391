"""The course: running notebooks, students' copies, the gallery of figures."""
