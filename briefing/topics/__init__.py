"""How often each topic of a dictionary comes up, by whom, and where in the briefing."""
