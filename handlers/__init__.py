"""Use cases: load, decide, save. Knows the world through the protocols of ports.py only."""
