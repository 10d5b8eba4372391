"""Many briefings: a folder as one table, as a Parquet data set, or the same on Spark."""
