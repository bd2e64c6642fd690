# SPDX-License-Identifier: GPL-2.0-or-later
"""Short messages of a simulated modem: the store, and the bytes of one that arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from qmiprobe.errors import EncodeError
from qmiprobe.sim._parts import Change, Kind, ShortMessage

ROOM = 50
"""Messages that fit the store."""
SERVICE_CENTRE = "+15550199"
"""Of the test network."""
_INTERNATIONAL, _NATIONAL = 0x91, 0x81
_DELIVER, _UCS2 = 0x04, 0x08
_MOST_SEPTETS, _MOST_BYTES = 160, 140
_SAME_IN_GSM = frozenset(
    "\n\r !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
"""Characters whose number in the GSM alphabet (3GPP 23.038, 6.2.1) is that of ASCII."""


class MessageStore:
    """The messages that the modem holds, by index."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        self._tell = tell
        self._held: dict[int, ShortMessage] = {}
        self.service_centre = SERVICE_CENTRE
        self.sent: list[bytes] = []
        """What hosts gave to be sent; the simulated network takes everything."""

    @property
    def held(self) -> list[ShortMessage]:
        """What is in the store, by index."""
        return [self._held[index] for index in sorted(self._held)]

    @property
    def full(self) -> bool:
        """Whether nothing more fits."""
        return len(self._held) >= ROOM

    @property
    def newest(self) -> int | None:
        """Index of the message that came last of those that nobody has read."""
        unseen = [index for index, message in self._held.items() if not message.seen]
        return unseen[-1] if unseen else None

    def arrive(self, pdu: bytes) -> int | None:
        """Store a message and tell of it; None where the store is full: the network keeps it."""
        if self.full:
            return None
        index = next(number for number in range(1, ROOM + 1) if number not in self._held)
        self._held[index] = ShortMessage(index=index, pdu=pdu)
        self._tell(Change(Kind.MESSAGE, index=index))
        return index

    def receive(self, sender: str, text: str) -> None:
        """A message of these words arrives now; see :func:`deliver_pdu`."""
        self.arrive(deliver_pdu(sender, text, centre=self.service_centre))

    def delete(self, indexes: Iterable[int]) -> None:
        """Remove messages."""
        for index in tuple(indexes):
            self._held.pop(index, None)


def deliver_pdu(
    sender: str, text: str, *, when: datetime | None = None, centre: str = SERVICE_CENTRE
) -> bytes:
    """Return an SMS-DELIVER as a modem hands it on, service centre in front (3GPP 23.040, 9.2.2.1).

    EncodeError where the sender is no number or the text needs more than one message.
    """
    length, address = _address(sender)
    _, smsc = _address(centre)
    coding, units, data = _user_data(text)
    head = bytes((len(smsc),)) + smsc + bytes((_DELIVER, length)) + address
    return (
        head + bytes((0, coding)) + _timestamp(when or datetime.now(UTC)) + bytes((units,)) + data
    )


def is_number(text: str) -> bool:
    """Whether a text is a phone number that messages can come from."""
    digits = text.removeprefix("+")
    return digits.isascii() and digits.isdigit() and len(digits) <= 20


def _address(number: str) -> tuple[int, bytes]:
    """Return how many digits there are, and the type of number with the digits."""
    digits = number.removeprefix("+")
    if not is_number(number):
        raise EncodeError(
            f"{number!r} is no phone number: up to 20 digits, perhaps with + in front"
        )
    kind = _INTERNATIONAL if number.startswith("+") else _NATIONAL
    return len(digits), bytes((kind,)) + _swapped(digits)


def _swapped(digits: str) -> bytes:
    """Return digits two a byte, the first one low; an odd one has 0xF above it."""
    padded = digits + "F" * (len(digits) % 2)
    return bytes(int(padded[at + 1] + padded[at], 16) for at in range(0, len(padded), 2))


def _timestamp(when: datetime) -> bytes:
    return _swapped(when.astimezone(UTC).strftime("%y%m%d%H%M%S") + "00")


def _user_data(text: str) -> tuple[int, int, bytes]:
    """Return coding, length in its units, and bytes of a text."""
    if set(text) <= _SAME_IN_GSM:
        if len(text) > _MOST_SEPTETS:
            raise EncodeError(f"{len(text)} characters: one message takes {_MOST_SEPTETS}")
        packed = sum(ord(one) << 7 * place for place, one in enumerate(text))
        return 0, len(text), packed.to_bytes(-(-7 * len(text) // 8), "little")
    data = text.encode("utf-16-be", "surrogatepass")
    if len(data) > _MOST_BYTES:
        raise EncodeError(f"{len(data) // 2} UCS-2 units: one message takes {_MOST_BYTES // 2}")
    return _UCS2, len(data), data
