# What people see of the counter before they write. Telegram limits: description 512 characters, short 120.

bot-description =
    Meld drugshandel zonder uw naam te geven.
    Een robot antwoordt u. Agenten lezen uw berichten.
    Direct gevaar? Bel 17 of 112.
bot-short-description = Drugshandel melden zonder uw naam. Direct gevaar: 17 of 112.
