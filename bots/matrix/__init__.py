"""The officers' side: an account on a Matrix server, encrypted rooms, one room a case."""
