# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a modem's USB side from a profile's ``[usb]``; the form: ``sim/profiles/README.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qmiprobe.errors import DefinitionError
from qmiprobe.sim.usb._endpoints import Numbering
from qmiprobe.sim.usb._functional import Place, functional
from qmiprobe.sim.usb._layout import (
    Alternate,
    Association,
    Configuration,
    Interface,
    NtbParameters,
    Speed,
    UsbLayout,
)
from qmiprobe.sim.usb._roles import ACM, ROLES, SERIAL, Usual
from qmiprobe.sim.usb._table import Table

SPEEDS: tuple[Speed, ...] = ("full", "high", "super")
_MAC = "020000C0FFEE"


class _Texts:
    """Gives each text its index, in the order in which they come."""

    def __init__(self, first: int) -> None:
        self.all: list[str] = []
        self._first = first

    def add(self, text: str) -> str:
        if text and text not in self.all:
            self.all.append(text)
        return text

    def index(self, text: str) -> int:
        return self.all.index(self.add(text)) + self._first if text else 0


class _Context(NamedTuple):
    """What all interfaces of a configuration share."""

    texts: _Texts
    numbering: Numbering
    numbers: Sequence[int]


def parse_usb(entries: Mapping[str, object], where: str) -> UsbLayout:
    """Return the layout in a ``[usb]`` table; DefinitionError, with its place, for a mistake."""
    table = Table(entries, where)
    first = table.number("first_string", 1, limit=0xFF)
    strings = Table(table.mapping("strings"), f"{where} strings")
    texts = _Texts(first)
    named = [texts.add(strings.text(key)) for key in ("manufacturer", "product", "serial")]
    strings.end()
    speed: Speed = table.choice("speed", SPEEDS, "high")
    vendor, product, release = (table.number(key) for key in ("vendor", "product", "release"))
    disc = table.number("disc")
    usb = table.version("usb", "3.20" if speed == "super" else "2.00")
    triple = table.triple("class", (0, 0, 0))
    raw_bos, source, inferred = (
        table.hexadecimal("bos"),
        table.text("source"),
        table.text("inferred"),
    )
    configurations: list[Configuration] = []
    for number, one in enumerate(table.tables("configurations"), 1):
        configurations.append(_configuration(one, number, texts, speed, where))
    table.end()
    values = [one.value for one in configurations]
    if len(set(values)) < len(values):
        raise DefinitionError(f"{where}: two configurations of the same value: {values}")
    return UsbLayout(
        vendor=vendor, product=product, release=release, usb=usb, speed=speed, triple=triple,
        manufacturer=named[0], product_name=named[1], serial=named[2], first_string=first,
        texts=tuple(texts.all), disc=disc, raw_bos=raw_bos, configurations=tuple(configurations),
        source=source, inferred=inferred,
    )  # fmt: skip


def _configuration(
    entries: Mapping[str, object], number: int, texts: _Texts, speed: str, where: str
) -> Configuration:
    value = Table(entries, where).number("value", number, limit=0xFF)
    table = Table(entries, f"{where} configuration {value}")
    table.number("value", number, limit=0xFF)
    name = texts.add(table.text("name"))
    attributes = table.number("attributes", 0xA0, limit=0xFF)
    power = table.number("power", 896 if speed == "super" else 500, limit=2040)
    tables = table.tables("interfaces")
    table.end()
    context = _Context(texts, Numbering(speed), _numbers(tables, table.where))
    interfaces = [_interface(one, at, context, table.where) for at, one in enumerate(tables)]
    return Configuration(
        value=value, name=name, attributes=attributes, power=power, interfaces=tuple(interfaces)
    )


def _numbers(tables: Sequence[Mapping[str, object]], where: str) -> list[int]:
    """Return each interface's number: the one before plus one where it says none."""
    numbers: list[int] = []
    for entries in tables:
        following = numbers[-1] + 1 if numbers else 0
        numbers.append(Table(entries, f"{where} interface").number("number", following, limit=255))
    if len(set(numbers)) < len(numbers):
        raise DefinitionError(f"{where}: two interfaces of the same number: {numbers}")
    return numbers


def _interface(entries: Mapping[str, object], at: int, context: _Context, where: str) -> Interface:
    number = context.numbers[at]
    table = Table(entries, f"{where} interface {number}")
    table.number("number", number, limit=255)
    role = table.choice("role", tuple(ROLES))
    acm = table.flag("acm")
    if acm and role not in SERIAL:
        raise DefinitionError(f"{table.where}: acm is for {', '.join(SERIAL)}, not {role}")
    usual = ACM if acm else ROLES[role]
    data = None
    if usual.paired:
        following = context.numbers[at + 1] if at + 1 < len(context.numbers) else None
        data = table.number("data", -1 if following is None else following, limit=255)
        if data not in context.numbers:
            raise DefinitionError(f"{table.where}: its data interface {data} is not there")
    mac = table.text("mac") or _MAC
    ntb, dtr = _ntb(table), table.flag("dtr")
    association = _association(table, usual, number, data, context.texts)
    alternates = _alternates(table, usual, context, number, data, mac)
    table.end()
    return Interface(
        number=number, role=role, alternates=alternates, data=data, association=association,
        ntb=ntb, mac=mac, dtr=dtr,
    )  # fmt: skip


def _ntb(table: Table) -> NtbParameters:
    entries = table.mapping("ntb")
    try:
        return NtbParameters(**entries)  # type: ignore[arg-type]  # bytes() below checks them
    except TypeError as error:
        raise DefinitionError(f"{table.where}: ntb: {error}") from None


def _association(
    table: Table, usual: Usual, number: int, data: int | None, texts: _Texts
) -> Association | None:
    """Return the association: for pairs of neighbours as a rule, else where it is asked for."""
    neighbours = usual.paired and data == number + 1
    entries = table.mapping("association")
    if table.said("association") is False or not (neighbours or entries):
        return None
    inner = Table(entries, f"{table.where} association")
    first = table.triple("class", usual.triple)
    association = Association(
        count=inner.number("count", 2, limit=255),
        triple=inner.triple("class", first),
        name=texts.add(inner.text("name")),
    )
    inner.end()
    return association


def _alternates(
    table: Table, usual: Usual, context: _Context, number: int, data: int | None, mac: str
) -> tuple[Alternate, ...]:
    """Return the alternate settings: those of the role, of ``endpoints``, or of ``alternates``."""
    given = table.tables("alternates")
    endpoints = table.texts("endpoints")
    if not given:
        settings: Sequence[Sequence[str]] = usual.alternates
        if endpoints is not None:
            settings = (*usual.alternates[:-1], endpoints)
        given = [{"endpoints": list(one)} for one in settings]
    elif endpoints is not None:
        raise DefinitionError(f"{table.where}: either endpoints or alternates, not both")
    triple, name = table.triple("class", usual.triple), table.text("name")
    listed = table.items("functional", usual.functional)
    made = []
    for setting, entries in enumerate(given):
        inner = Table(entries, f"{table.where} alternate {setting}")
        place = Place(number=number, data=data, mac_index=0, where=inner.where)
        items = inner.items("functional", listed)
        if any(_is_ethernet(item) for item in items):
            place = Place(
                number=number, data=data, mac_index=context.texts.index(mac), where=inner.where
            )
        made.append(
            Alternate(
                triple=inner.triple("class", triple),
                name=context.texts.add(inner.text("name", name)),
                functional=tuple(functional(item, place) for item in items),
                endpoints=context.numbering.endpoints(inner.texts("endpoints") or (), inner.where),
            )
        )
        inner.end()
    return tuple(made)


def _is_ethernet(item: object) -> bool:
    return (item.get("name") if isinstance(item, Mapping) else item) == "ethernet"
