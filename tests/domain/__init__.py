"""The counter as pure values: no fixture, no clock, no store."""
