"""Thin graph components: each hands a message to an algorithm of ``bot.understanding``."""
