"""What stays on the telephone and with others, by the channel somebody writes on, and until when.

Twilio's backups hold a message for up to 30 days after it was deleted there:
https://support.twilio.com/hc/en-us/articles/223181008-Twilio-SMS-message-and-traffic-storage
Telegram lets a bot delete what is younger than 48 hours, of both sides:
https://core.telegram.org/bots/api#deletemessage
"""

from __future__ import annotations

from datetime import timedelta

from content.answers import plain
from content.locales import long_date
from content.reply import Part
from content.scene import Scene
from wire.say import Say

CHANNELS = ("sms", "whatsapp", "telegram", "webchat")
_DATED = frozenset({"sms", "whatsapp"})
_BACKUPS = timedelta(days=30)


async def answer(scene: Scene, say: Say) -> Part:
    """Return a message, and beside it what stays where we cannot reach."""
    said = await plain.answer(scene, say)
    if scene.channel not in CHANNELS:
        return said
    until = long_date((scene.now + _BACKUPS).date(), scene.language)
    values = {"date": until} if scene.channel in _DATED else {}
    stays = scene.labels.text(f"stays.{scene.channel}", **values)
    return Part((*said.texts, stays), said.choices)
