"""The public names, each loaded on first use: `__init__.py` reads here where it is."""

from collections.abc import Mapping
from typing import Any

from briefing import corpus as corpus
from briefing import explore as explore
from briefing import figures as figures
from briefing.display import show as show
from briefing.interchange import convert as convert
from briefing.interchange import sheets as sheets
from briefing.interchange.convert import turns_from as turns_from
from briefing.measures import coding as coding
from briefing.measures import context as context
from briefing.measures import floor as floor
from briefing.measures import keywords as keywords
from briefing.measures import lexis as lexis
from briefing.measures import phrases as phrases
from briefing.measures import quantities as quantities
from briefing.measures import questions as questions
from briefing.measures import replies as replies
from briefing.measures import reuse as reuse
from briefing.measures import speaking as speaking
from briefing.measures import topics as topics
from briefing.measures import wording as wording
from briefing.measures.bilingual import align as align
from briefing.measures.over_time import track as track
from briefing.tables import BriefingError as BriefingError
from briefing.transcript import Transcript as Transcript
from briefing.transcript import parse as parse
from briefing.transcript import read as read
from briefing.transcript import sample as sample
from briefing.words.tokens import sentences as sentences
from briefing.words.tokens import tokenize as tokenize

__version__: str

def homes(init: str) -> dict[str, str]: ...
def find(package: str, name: str, homes: Mapping[str, str]) -> Any: ...
