"""The demonstration: one page with the citizen's phone, the officers' room and what the counter knows, all live."""
