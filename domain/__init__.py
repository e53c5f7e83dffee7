"""The counter itself: pure, synchronous, standard library only. Start with conversation.py and policy.py."""
