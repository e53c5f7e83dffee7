"""The homeserver of the tests: app/local_synapse.py, where the demonstration uses it too."""

from app.local_synapse import Account, LocalSynapse, call, free_port

__all__ = ["Account", "LocalSynapse", "call", "free_port"]
