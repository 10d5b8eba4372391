"""How things are worded: hedges, boosters, modals, pronouns, the range of the vocabulary."""
