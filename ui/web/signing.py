"""Signed addresses: only pages that this server wrote can ask its own routes for anything.

HMAC-SHA256 (RFC 2104) over the purpose, the subject and the hour at which the address ends. The end is rounded up to
the hour, so that an address stays the same for an hour and the browser's cache serves it.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a secret of this server process; a restart ends every address and token."""

    secret: bytes

    def query(self, purpose: str, subject: str, hours: int = 12) -> str:
        """Return the query string (`until=…&by=…`) that lets a route answer for a subject."""
        until = (int(time.time()) // _HOUR + hours) * _HOUR
        return f"until={until}&by={self._mark(purpose, subject, until)}"

    def holds(self, purpose: str, subject: str, until: str | None, mark: str | None) -> bool:
        """Whether an address was signed here for this subject and has not ended."""
        if not until or not mark or not until.isascii() or not until.isdigit() or len(until) > 12:
            return False
        if int(until) < time.time() or not mark.isascii():
            return False
        return hmac.compare_digest(self._mark(purpose, subject, int(until)), mark)

    def _mark(self, purpose: str, subject: str, until: int) -> str:
        return hmac.digest(self.secret, f"{purpose}|{subject}|{until}".encode(), "sha256").hex()[:32]
