"""Words, sentences and integer codes; search in them; groups, rates and scores."""
