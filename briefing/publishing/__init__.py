"""The notebooks as pages: an offline site to read, print and hand out, without Jupyter."""
