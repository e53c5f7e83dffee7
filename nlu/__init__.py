"""French text to a Reading: folding, deterministic finders, rules, and the place where a model may be believed."""
