"""Whole journeys: a citizen's telephone, an officer's client, and the house as a process of its own between them."""
