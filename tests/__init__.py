"""The tests of the house: domain first, then use cases, edges, journeys."""
