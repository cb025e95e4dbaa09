"""Mail to organisations at their published addresses, by the operators' own mail server."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid, parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from console.settings import Settings, is_loopback

_WAIT = 20.0  # seconds for each step with the server
_PORTS = {"smtps": 465, "smtp": 587}


class MailError(Exception):
    """A mail was not taken; ``code`` says why, and holds no address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Mail:
    """Sends mail.

    Attributes:
        url: The server, with name and password.
        sender: Address that the mail comes from.
    """

    url: str = field(repr=False)
    sender: str

    async def send(self, to: str, subject: str, text: str) -> None:
        """Give one mail to the server. Raises MailError: it was not taken."""
        message = EmailMessage(policy=SMTP)
        domain = parseaddr(self.sender)[1].rpartition("@")[2] or None
        try:
            message["From"], message["To"], message["Subject"] = self.sender, to, subject
        except (ValueError, IndexError):
            raise MailError("address") from None
        message["Date"], message["Message-ID"] = localtime(), make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        message.set_content(text, cte="quoted-printable")
        try:
            await asyncio.to_thread(self._give, message)
        except smtplib.SMTPRecipientsRefused:
            raise MailError("recipient") from None
        except smtplib.SMTPAuthenticationError:
            raise MailError("sign-in") from None
        except (smtplib.SMTPException, ssl.SSLError):
            raise MailError("refused") from None
        except (OSError, UnicodeError):
            raise MailError("unreachable") from None

    def _give(self, message: EmailMessage) -> None:
        server = urlsplit(self.url)
        with _connected(server) as connection:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)


def mail_of(settings: Settings) -> Mail | None:
    """Return what sends mail, or None where no server is set."""
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return Mail(settings.smtp_url, settings.mail_from)


def _connected(server: SplitResult) -> smtplib.SMTP:
    """Return a connection that nobody can read, unless the server is this machine."""
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    secure = ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_WAIT, context=secure)
    connection = smtplib.SMTP(host, port, timeout=_WAIT)
    if not is_loopback(server.geturl()):
        connection.starttls(context=secure)
    return connection
