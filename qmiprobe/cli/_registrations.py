# SPDX-License-Identifier: GPL-2.0-or-later
"""What a modem is asked so that it tells of changes, service by service.

In QMI a registration belongs to the client id and ends with it. Left out is what would change
how the modem works: a UIM refresh waits for those who registered for it, a location server asks
those who registered for its questions, and thresholds of signal reports hold for all programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from qmiprobe._types import Bool
from qmiprobe.cli._body import make_body, settable
from qmiprobe.cli._known import definitions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qmiprobe._message import Message, Request, Response
    from qmiprobe._plain import Json


class Registration(NamedTuple):
    """One request that turns indications on."""

    service: str
    message: str
    switches: bool = True
    """Whether all its fields that are plain switches are set too."""
    fields: Mapping[str, Json] = {}
    instead: Mapping[str, Json] | None = None
    """Fields for a modem that refuses those, and each of them alone."""


_SIGNAL_STEPS: list[Json] = [-105, -95, -85, -75, -65]
"""dBm, of older modems' reports; newer ones report by thresholds of their own."""
_REJECTS: Json = {
    "enable-network-reject-indications": True,
    "supress-system-info-indications": False,
}

REGISTRATIONS = (
    Registration("dms", "set-event-report"),
    Registration("nas", "register-indications", fields={"network-reject-information": _REJECTS}),
    Registration(
        "nas",
        "set-event-report",
        fields={"signal-strength-indicator": {"report": True, "thresholds": _SIGNAL_STEPS}},
    ),
    Registration("wds", "indication-register"),
    Registration("wds", "set-event-report"),
    Registration("wms", "set-event-report", fields={"new-mt-message-indicator": {"report": True}}),
    Registration("wms", "indication-register"),
    Registration("voice", "indication-register"),
    Registration(
        "uim",
        "register-events",
        fields={"event-registration-mask": ["card-status", "physical-slot-status"]},
        instead={"event-registration-mask": ["card-status"]},
    ),
    Registration(
        "pbm",
        "indication-register",
        fields={"event-registration-mask": ["record-update", "phonebook-ready"]},
    ),
    Registration(
        "loc",
        "register-events",
        fields={
            "event-registration-mask": [
                *("position-report", "gnss-satellite-info", "nmea", "engine-state"),
                *("fix-session-state", "geofence-breach-notification"),
            ]
        },
        instead={"event-registration-mask": ["position-report", "nmea", "engine-state"]},
    ),
    Registration(
        "pds",
        "set-event-report",
        switches=False,
        fields={
            "nmea-position-reporting": True,
            "parsed-position-reporting": True,
            "satellite-information-reporting": True,
        },
    ),
    Registration("oma", "set-event-report"),
    Registration("pdc", "register", instead={"enable-reporting": True}),
    Registration("imsa", "register-indications"),
)

UNASKED = ("ctl", "atr", "dsd", "ims", "imsdcm", "qos", "ssc", "wda")
"""Services whose indications come without a request, as soon as a client id is held."""


def registered_services() -> list[str]:
    """Return the QMI services that can be listened to by holding a client id."""
    return list(dict.fromkeys([*(one.service for one in REGISTRATIONS), *UNASKED[1:]]))


def requests_of(registration: Registration) -> list[list[Request[Response]]]:
    """Return what to send, best first: each entry is tried where all before were refused.

    All at once; each switch or field in a request of its own; what ``instead`` has.
    """
    cls = _request_class(registration)
    whole: dict[str, Json] = dict(registration.fields)
    if registration.switches:
        whole = {field.name: True for field in settable(cls) if isinstance(_wire(field), Bool)}
        whole |= registration.fields
    tries = [[_body(cls, whole)]]
    required = {field.name for field in settable(cls) if field.required}
    if len(whole) > 1 and not required:
        tries.append([_body(cls, {name: value}) for name, value in whole.items()])
    if registration.instead is not None:
        tries.append([_body(cls, registration.instead)])
    return tries


def _request_class(registration: Registration) -> type[Message]:
    for one in definitions():
        wanted = ("qmi", registration.service, registration.message, "request", None)
        if (one.protocol, one.service, one.message, one.kind, one.vendor) == wanted:
            return one.load()
    raise LookupError(f"{registration.service} {registration.message} is not defined")


def _wire(field: object) -> object:
    wire = getattr(field, "wire", None)
    while getattr(wire, "inner", None) is not None:
        wire = wire.inner  # type: ignore[union-attr]
    return wire


def _body(cls: type[Message], fields: Mapping[str, Json]) -> Request[Response]:
    return cast("Request[Response]", make_body(cls, fields, blank=False))
