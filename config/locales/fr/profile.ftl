# What people see of the counter before they write. Telegram limits: description 512 characters, short 120.

bot-description =
    Signalez un trafic de drogue sans donner votre nom.
    Un robot vous répond. Des agents lisent vos messages.
    Danger immédiat ? Appelez le 17 ou le 112.
bot-short-description = Signaler un trafic sans donner son nom. Danger immédiat : 17 ou 112.
