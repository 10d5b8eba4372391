"""Expressions of several words: key phrases, pairs joined by *and*, words taken up again."""
