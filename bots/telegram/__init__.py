"""The citizens' side: Telegram, through its Bot API, on our own loops."""
