"""`guichet bench`: ratios taken in one run on one machine, against what a plain bot does with the same server."""
