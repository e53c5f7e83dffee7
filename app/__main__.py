"""`python -m app` is `guichet`."""

from app.cli import main

main()
