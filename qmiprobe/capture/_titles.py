# SPDX-License-Identifier: GPL-2.0-or-later
"""What a message is called, from its header alone: for traces and lists."""

from __future__ import annotations

from qmiprobe.capture._captured import Protocol
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _header
from qmiprobe.mbim import _json as _mbim
from qmiprobe.qmi import _registry, _sdu


def title(data: bytes, *, protocol: Protocol) -> str | None:
    """Return for instance ``dms get-ids response``; None for bytes without a sound header.

    What has no name appears by its number.
    """
    try:
        return _qmi_title(data) if protocol == "qmi" else _mbim_title(data)
    except DecodeError:
        return None


def _qmi_title(data: bytes) -> str:
    header, _ = _sdu.parse_header(data)
    service = _registry.service_name(header.service) or f"{header.service:#04x}"
    name = _registry.message_name(header.service, header.message_id, header.kind)
    return f"{service} {name or f'{header.message_id:#06x}'} {header.kind}"


def _mbim_title(data: bytes) -> str:
    packet = _header.parse(data)
    kind = _mbim.kind_of(packet)
    if packet.kind == "command" and not packet.current:
        kind = "set" if packet.value else "query"
    if packet.total > 1:
        kind = f"{kind}, fragment {packet.current + 1} of {packet.total}"
    service = _mbim.service_of(packet)
    if service is None:
        return kind
    name = _mbim.command_name(packet) or str(packet.cid)
    return f"{_mbim.service_name(service) or service.text} {name} {kind}"
