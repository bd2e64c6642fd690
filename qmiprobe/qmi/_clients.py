# SPDX-License-Identifier: GPL-2.0-or-later
"""Client ids of a modem: which are given out, for which service."""

from __future__ import annotations


class ClientTable:
    """Client ids by service; real modems have few of them, NAS sometimes ten."""

    def __init__(self, *, limit: int = 16) -> None:
        self.limit = limit
        self._held: dict[int, set[int]] = {}

    def allocate(self, service: int) -> int | None:
        """Return a free id of 1 to 254, or None where all are taken."""
        held = self._held.setdefault(service, set())
        if len(held) >= self.limit:
            return None
        client = next((number for number in range(1, 255) if number not in held), None)
        if client is None:
            return None
        held.add(client)
        return client

    def release(self, service: int, client: int) -> bool:
        """Give an id back; False where it was not given out."""
        held = self._held.get(service, set())
        if client not in held:
            return False
        held.discard(client)
        return True

    def known(self, service: int, client: int) -> bool:
        """Whether the id is given out."""
        return client in self._held.get(service, ())

    def held(self) -> list[tuple[int, int]]:
        """Return (service, client) of all ids that are given out."""
        return [(service, client) for service, ids in self._held.items() for client in sorted(ids)]

    def reset(self) -> None:
        """Take all ids back, as CTL Sync and a reboot do."""
        self._held.clear()
