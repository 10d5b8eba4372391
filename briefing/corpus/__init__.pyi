"""The public names of the family: `__init__.py` reads here where they are."""

from briefing.corpus.folder import read as read
from briefing.corpus.store import build as build
from briefing.corpus.store import load as load
from briefing.corpus.store import shares as shares
from briefing.corpus.store import words as words
