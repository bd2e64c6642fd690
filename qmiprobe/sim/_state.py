# SPDX-License-Identifier: GPL-2.0-or-later
"""The one state of a simulated modem; both protocols are faces of it.

Whatever changes it goes through a method here, tells the watchers a :class:`Change` for each
thing that is other than before, and leaves the whole consistent: no SIM or no radio means no
registration, no registration means no data session. Time is an injected clock: what takes a
while (registering, a SIM that starts) is carried out by :meth:`ModemState.advance`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from qmiprobe.sim._messages import MessageStore
from qmiprobe.sim._parts import (
    NO_SERVICE,
    Air,
    Calls,
    Card,
    Change,
    Context,
    Framing,
    Kind,
    Mode,
    Radio,
    Registration,
    Signal,
    Sim,
)
from qmiprobe.sim._sessions import Bearers, NetworkDescription, Sessions, plain

Watcher = Callable[[Change], None]


class ModemState:
    """Radio, SIM, registration, signal, contexts and sessions of one modem."""

    def __init__(
        self,
        *,
        sim: Sim,
        air: Air,
        signal: Signal,
        contexts: list[Context],
        bearers: Bearers,
        network: NetworkDescription,
        framing: Framing | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.radio = Radio()
        self.sim = sim
        self.air = air
        self.signal = signal
        self.calls = Calls()
        self.contexts = {context.number: context for context in contexts}
        self.default_context = contexts[0].number if contexts else 1
        self.registration = Registration.NONE
        self.reject = 0
        """Cause of the last refused registration."""
        self.attached = False
        self.wants_attach = True
        self.manual_plmn: tuple[str, str] | None = None
        self.clock = clock
        self.on_plan: Callable[[], None] = lambda: None
        """Called when :attr:`next_due` is another than before."""
        self.framing = framing or Framing("raw-ip", ("raw-ip",))
        self.sessions = Sessions(
            self.calls, bearers, network, self.tell, ethernet=lambda: self.ethernet
        )
        self.messages = MessageStore(self.tell)
        self._watchers: list[Watcher] = []
        self._due: dict[str, tuple[float, Callable[[], None]]] = {}

    # Watching

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call ``watcher`` at every change; returns what ends that."""
        self._watchers.append(watcher)

        def unwatch() -> None:
            with suppress(ValueError):
                self._watchers.remove(watcher)

        return unwatch

    def tell(self, change: Change) -> None:
        """Tell all watchers."""
        for watcher in tuple(self._watchers):
            watcher(change)

    # Time

    @property
    def next_due(self) -> float | None:
        """When :meth:`advance` has something to do, on the clock given; None: nothing."""
        return min((when for when, _ in self._due.values()), default=None)

    def advance(self) -> None:
        """Carry out what is due by now."""
        now = self.clock()
        for name, (when, act) in sorted(self._due.items(), key=lambda item: item[1][0]):
            if when <= now and self._due.get(name, (None,))[0] == when:
                del self._due[name]
                act()

    def _plan(self, name: str, seconds: float, act: Callable[[], None]) -> None:
        self._due[name] = (self.clock() + seconds, act)
        self.on_plan()

    # Power and radio

    def power_up(self) -> None:
        """Come up as after a boot long ago: registered already, where nothing is in the way."""
        if self.sim.card is Card.READY and self.sim.pin_enabled:
            self.sim.card = Card.PIN
        if self.sim.card is Card.STARTING:
            self._plan("sim", self.sim.starting_s, self._start_card)
        self._settle()
        if "register" in self._due:
            del self._due["register"]
            self._end_search()

    def set_mode(self, mode: Mode) -> None:
        """Change the operating mode; reset comes back online."""
        if mode is Mode.RESET:
            self.set_mode(Mode.LOW_POWER)
            self.tell(Change(Kind.RESTART))
            mode = Mode.ONLINE
        if mode is self.radio.mode:
            return
        self.radio.mode = mode
        self.tell(Change(Kind.MODE))
        self._settle()

    def switch_hardware(self, *, on: bool) -> None:
        """Move the hardware switch."""
        if on is not self.radio.hardware_on:
            self.radio.hardware_on = on
            self.tell(Change(Kind.MODE))
            self._settle()

    def unlock_fcc(self) -> None:
        """The host authenticated: the radio may be switched on."""
        self.radio.fcc_locked = False

    def set_signal(self, signal: Signal) -> None:
        """Change the signal figures."""
        if signal != self.signal:
            self.signal = signal
            self.tell(Change(Kind.SIGNAL))

    # Framing

    @property
    def ethernet(self) -> bool:
        """Whether packets stand in Ethernet frames (802.3)."""
        return self.framing.format == "802.3"

    def set_framing(self, wanted: str) -> None:
        """Change the framing where that is possible: no session is up, and it is a choice."""
        if wanted in self.framing.choices and not self.sessions.numbers:
            self.framing.format = wanted
            self.framing.aggregate()
            self.sessions.bearers.frame(ethernet=self.ethernet)

    def set_aggregation(
        self,
        *,
        uplink: str | None = None,
        downlink: str | None = None,
        size: int | None = None,
        datagrams: int | None = None,
    ) -> None:
        """Have packets put together as :meth:`Framing.aggregate` says, while no session is up."""
        if not self.sessions.numbers:
            self.framing.aggregate(uplink=uplink, downlink=downlink, size=size, datagrams=datagrams)

    # SIM

    def set_card(self, card: Card) -> None:
        """Insert, remove, lock or break the card."""
        if card is not self.sim.card:
            self.sim.card = card
            self.tell(Change(Kind.SIM))
            self._settle()

    def switch_slot(self) -> None:
        """Have the other of two slots be the active one."""
        sim = self.sim
        sim.active_slot = 3 - sim.active_slot
        now, sim.beside = sim.beside, sim.card
        self.set_card(now)

    def _start_card(self) -> None:
        self.set_card(Card.PIN if self.sim.pin_enabled else Card.READY)

    def verify_pin(self, pin: str) -> bool:
        """Enter the PIN; three wrong ones and the card wants its PUK."""
        if pin == self.sim.pin:
            self.sim.pin_tries = 3
            if self.sim.card is Card.PIN:
                self.set_card(Card.READY)
            return True
        self.sim.pin_tries = max(0, self.sim.pin_tries - 1)
        if self.sim.pin_tries:
            self.tell(Change(Kind.SIM))
        else:
            self.set_card(Card.PUK)
        return False

    def unblock_pin(self, puk: str, new_pin: str) -> bool:
        """Enter the PUK and a new PIN; ten wrong ones and the card is lost."""
        if puk == self.sim.puk:
            self.sim.pin, self.sim.pin_tries, self.sim.puk_tries = new_pin, 3, 10
            self.set_card(Card.READY)
            return True
        self.sim.puk_tries = max(0, self.sim.puk_tries - 1)
        if self.sim.puk_tries:
            self.tell(Change(Kind.SIM))
        else:
            self.set_card(Card.BLOCKED)
        return False

    def set_pin_enabled(self, pin: str, *, enabled: bool) -> bool:
        """Switch the PIN request at power-up on or off."""
        if not self.verify_pin(pin):
            return False
        self.sim.pin_enabled = enabled
        self.tell(Change(Kind.SIM))
        return True

    def change_pin(self, pin: str, new_pin: str) -> bool:
        """Replace the PIN."""
        if not self.verify_pin(pin):
            return False
        self.sim.pin = new_pin
        return True

    @property
    def card_is_open(self) -> bool:
        """Whether the card lets its files be read."""
        return self.sim.card is Card.READY

    # Registration

    @property
    def registered(self) -> bool:
        """Whether a network serves the modem."""
        return self.registration in (Registration.HOME, Registration.ROAMING)

    @property
    def home_plmn(self) -> tuple[str, str]:
        """MCC and MNC of the SIM's own network."""
        return self.sim.imsi[:3], self.sim.imsi[3 : 3 + len(self.air.mnc)]

    def register(self, plmn: tuple[str, str] | None = None) -> None:
        """Search again, for any network or for the one of these MCC and MNC."""
        self.manual_plmn = plmn
        if self.radio.on and self.sim.card is Card.READY:
            self._search()

    def meet(self, registration: Registration, *, reject: int = 0) -> None:
        """The network changes its mind: this is what registering ends in from now on."""
        self.air.registers, self.air.reject = registration, reject
        if self.radio.on and self.sim.card is Card.READY:
            self._due.pop("register", None)
            self._set_registration(registration)

    def attach(self, *, wanted: bool = True) -> None:
        """Attach to packet service, or detach from it."""
        self.wants_attach = wanted
        self._settle_attach()

    def _settle(self) -> None:
        if not (self.radio.on and self.sim.card is Card.READY):
            self._due.pop("register", None)
            self._set_registration(Registration.NONE)
        elif self.registration is Registration.NONE:
            self._search()

    def _search(self) -> None:
        self._set_registration(Registration.SEARCHING)
        self._plan("register", self.air.delay_s, self._end_search)

    def _end_search(self) -> None:
        if self.manual_plmn not in (None, (self.air.mcc, self.air.mnc)):
            return  # that one is not in reach: it goes on searching
        self._set_registration(self.air.registers)

    def _set_registration(self, registration: Registration) -> None:
        reject = self.air.reject if registration is Registration.DENIED else 0
        if (registration, reject) != (self.registration, self.reject):
            self.registration, self.reject = registration, reject
            self.tell(Change(Kind.REGISTRATION))
        self._settle_attach()

    def _settle_attach(self) -> None:
        attached = self.registered and self.wants_attach and self.air.attaches
        if not attached:
            self.sessions.end_all(NO_SERVICE)
        if attached is not self.attached:
            self.attached = attached
            self.tell(Change(Kind.ATTACH))

    # Contexts

    def store_context(self, context: Context) -> None:
        """Add or replace a stored context; what a text cannot hold is left out."""
        self.contexts[context.number] = replace(
            context,
            name=plain(context.name),
            apn=plain(context.apn),
            user=plain(context.user),
            password=plain(context.password),
        )
        self.tell(Change(Kind.CONTEXTS))

    def delete_context(self, number: int) -> bool:
        """Remove a stored context; False where there is none."""
        if self.contexts.pop(number, None) is None:
            return False
        self.tell(Change(Kind.CONTEXTS))
        return True
