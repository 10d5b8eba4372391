"""Corrections: a small file beside a transcript in which a person overrules the parser."""

from briefing.corrections.file import corrections_path, load, refuse_existing, save_corrections
from briefing.corrections.overrule import Corrections

__all__ = ["Corrections", "corrections_path", "load", "refuse_existing", "save_corrections"]
