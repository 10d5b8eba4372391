"""Coding by hand: samples for coders, their agreement, and how right a dictionary is by them."""
