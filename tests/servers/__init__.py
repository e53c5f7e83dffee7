"""Real servers started by the tests, on the loopback only."""
