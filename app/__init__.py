"""Composition: the only ring that knows everyone. The command line starts here (cli.py)."""
