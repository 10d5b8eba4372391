"""A word in its context, the company it keeps, and how evenly it is spread."""
