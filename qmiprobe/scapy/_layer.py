# SPDX-License-Identifier: GPL-2.0-or-later
"""From a message's name to its layer."""

from __future__ import annotations

import difflib
from typing import TypeAlias

from scapy.packet import Packet

from qmiprobe.errors import DefinitionError
from qmiprobe.mbim import _registry as mbim
from qmiprobe.mbim.services import _index as mbim_index
from qmiprobe.qmi import _registry as qmi
from qmiprobe.qmi.services import _index as qmi_index
from qmiprobe.scapy._mbim import buffer_layer
from qmiprobe.scapy._qmi import message_layer

_Entry: TypeAlias = qmi_index.Definition | mbim_index.Definition


def layer(
    name: str, kind: str | None = None, *, vendor: int | None = None, mbimex: str = "1.0"
) -> type[Packet]:
    """Return the layer of a message: ``dms.get-model``, ``mbim/sms.read``.

    ``kind`` is ``request`` (the default), ``response`` or ``indication``; in MBIM ``query`` (the
    default), ``set``, ``response`` or ``notification``. ``vendor`` is the USB vendor id of a
    vendor's own message, ``mbimex`` the version of MBIM's extensions in force. Raises
    DefinitionError for what is not defined.
    """
    protocol, _, rest = name.rpartition("/")
    service, _, message = rest.partition(".")
    named: list[_Entry] = []
    if protocol in ("", "qmi"):
        named += [one for one in qmi_index.DEFINITIONS if qmi.service_name(one.service) == service]
    if protocol in ("", "mbim"):
        known = mbim_index.DEFINITIONS
        named += [one for one in known if mbim.service_name(one.service) == service]
    named = [one for one in named if one.name == message]
    kinds = (kind,) if kind else ("request", "query", "set")
    fitting = [
        one
        for wanted in kinds
        for one in named
        if one.kind == wanted and one.vendor in (None, vendor) and one.mbimex <= mbimex
    ]
    if not fitting:
        raise DefinitionError(_unknown(rest, kind, [one.kind for one in named]))
    first = [one for one in fitting if one.kind == fitting[0].kind]
    found = max(first, key=lambda one: (one.vendor is not None, one.mbimex))
    if isinstance(found, qmi_index.Definition):
        return message_layer(qmi.load(found.module, found.cls))
    return buffer_layer(mbim.load(found.module, found.cls))


def _unknown(name: str, kind: str | None, kinds: list[str]) -> str:
    if kinds:
        return f"{name} has no {kind or 'request'}, only {', '.join(dict.fromkeys(kinds))}"
    known = [f"{qmi.service_name(one.service)}.{one.name}" for one in qmi_index.DEFINITIONS]
    known += [f"{mbim.service_name(one.service)}.{one.name}" for one in mbim_index.DEFINITIONS]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f": did you mean {near[0]}?" if near else "; `qmiprobe protocol` lists all"
    return f"no message {name!r}{hint}"
