"""The yardstick: a bare python-telegram-bot echo, as its own documentation writes it. Run as a process of its own."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """`python -m app.bench.echo TOKEN BASE_URL`: serves until it is stopped."""
    token, base_url = sys.argv[1:3]
    application = Application.builder().token(token).base_url(base_url).job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
