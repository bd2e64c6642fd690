# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/proxy-control.toml
# by python -m qmiprobe._codegen
"""How a client speaks with mbim-proxy itself; no device has this service."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import U32, Utf16Text
from qmiprobe.mbim._buffer import OffsetSize
from qmiprobe.mbim.services._shared import Versions

class ConfigurationResponse(Response):
    """proxy-control 1, response: Tell the proxy which control port this client means, before
    anything else."""

    service = Uuid.from_name("838cf7fb-8d0d-4d7f-871e-d71dbefbb39b")
    service_name = "proxy-control"
    id = 1
    message = "configuration"


class ConfigurationSet(Request[ConfigurationResponse]):
    """proxy-control 1, set: Tell the proxy which control port this client means, before anything
    else."""

    service = Uuid.from_name("838cf7fb-8d0d-4d7f-871e-d71dbefbb39b")
    service_name = "proxy-control"
    id = 1
    message = "configuration"
    response = ConfigurationResponse
    direction: ClassVar[str] = "set"
    device_path: str = member(OffsetSize(Utf16Text()), default="")
    timeout: int = member(U32, unit='s')


class VersionNotification(Indication, Versions):
    """proxy-control 2, notification: The proxy announces the MBIM and MBIMEx versions that the
    device was opened with."""

    service = Uuid.from_name("838cf7fb-8d0d-4d7f-871e-d71dbefbb39b")
    service_name = "proxy-control"
    id = 2
    message = "version"
