"""Tables to and from other programs: CSV, Parquet, ConvoKit, nltk, anybody's table of turns."""
