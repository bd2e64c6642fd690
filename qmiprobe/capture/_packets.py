# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads control messages out of captures: of usbmon, or as packets of their own (DLT_USER)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._join import join_fragments
from qmiprobe.capture._log_form import cut_short
from qmiprobe.capture._pcap import MAGIC, Packet, read_pcap
from qmiprobe.capture._pcapng import SECTION, read_pcapng
from qmiprobe.capture._protocol import recognised
from qmiprobe.capture._usb_control import UsbControl
from qmiprobe.capture._usbmon import HEADER_SIZES, usb_event
from qmiprobe.errors import CannotTest, DecodeError

PCAP_MAGIC = tuple(MAGIC)
PCAPNG_MAGIC = SECTION
DLT_USER = range(147, 163)
_KNOWN = "known are usbmon's (189, 220), and 147 to 162 (DLT_USER) for bare QMI and MBIM messages"


def read_pcap_messages(
    chunks: Iterable[bytes], protocol: Protocol | None = None
) -> Iterator[Captured]:
    """Give the messages in a pcap file, MBIM's fragments joined; see :func:`read_packets`."""
    return read_packets(chunks, protocol, read_pcap)


def read_pcapng_messages(
    chunks: Iterable[bytes], protocol: Protocol | None = None
) -> Iterator[Captured]:
    """Give the messages in a pcapng file, MBIM's fragments joined; see :func:`read_packets`."""
    return read_packets(chunks, protocol, read_pcapng)


def read_packets(
    chunks: Iterable[bytes],
    protocol: Protocol | None,
    read: Callable[[Iterable[bytes]], Iterator[Packet]],
) -> Iterator[Captured]:
    """Give the messages in what ``read`` finds; a damaged file ends with an error in place of one.

    ``protocol`` counts for bare messages that begin like neither. CannotTest where there are
    packets, and none of a link type that is known.
    """
    return join_fragments(_items(read(chunks), protocol))


def _items(packets: Iterator[Packet], protocol: Protocol | None) -> Iterator[Captured]:
    usb = UsbControl(recorder="the capture", advice="a greater snaplen, tcpdump -s 0, keeps all")
    unknown: set[int] = set()
    is_any_known = False
    try:
        for packet in packets:
            if packet.link_type in HEADER_SIZES:
                event = usb_event(packet)
                is_any_known = True
                if event is not None:
                    yield from usb.add(event)
            elif packet.link_type in DLT_USER:
                is_any_known = True
                yield _bare(packet, protocol)
            else:
                unknown.add(packet.link_type)
    except DecodeError as error:
        yield from usb.end()
        yield Captured(data=b"", protocol=protocol, error=error)
        return
    yield from usb.end()
    if unknown and not is_any_known:
        numbers = ", ".join(map(str, sorted(unknown)))
        raise CannotTest(f"a capture of link type {numbers}: {_KNOWN}")


def _bare(packet: Packet, protocol: Protocol | None) -> Captured:
    error = None
    if protocol is None:
        protocol, error = recognised(packet.data)
    if len(packet.data) < packet.size:
        error = cut_short(packet.data, packet.size, "the capture kept")
    return Captured(
        data=packet.data,
        direction=packet.direction,
        time=packet.time,
        protocol=protocol,
        error=error,
    )
