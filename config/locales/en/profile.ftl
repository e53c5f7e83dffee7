# What people see of the counter before they write. Telegram limits: description 512 characters, short 120.

bot-description =
    Report drug dealing without giving your name.
    A robot answers you. Officers read your messages.
    Danger right now? Call 17 or 112.
bot-short-description = Report drug dealing without giving your name. Danger right now: 17 or 112.
