"""What the store promises, run against every implementation."""
