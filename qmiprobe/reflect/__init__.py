# SPDX-License-Identifier: GPL-2.0-or-later
"""The far end of a link: a reflector on a server of the user's own, and its client.

``serve`` runs one (``qmiprobe reflect``), ``connect`` opens a session with it:

.. code-block:: python

    async with connect("qp://TOKEN@203.0.113.9:47900", netdev="wwan0") as far:
        echo = await far.echo()                    # RTT, how it arrived there and here
        await far.echo(size=1400)                  # 1400 bytes up, a small answer
        await far.sized(1400)                      # 1400 bytes down
        async with far.flow(port=4500) as flow:    # a new 5-tuple
            await flow.delayed(30)                 # the answer comes after 30 s
        async with far.flow(protocol="esp") as flow:
            await flow.echo()
        async with far.stream() as connection:     # TCP
            await connection.syn()

It is silent to whoever does not know the token, sends no more than it got until the way back is
proven, and keeps within ``Limits``. See ``docs/reflect.md``.
"""

from __future__ import annotations

from ._ancillary import PathError
from ._client import Far, connect
from ._far import Arrived, Echo, FarRefused, Run
from ._flow import Flow
from ._keys import DEFAULT_PORT, ReflectorUrl, new_token, parse_token, parse_url, token_text
from ._limits import Limits
from ._messages import AS_ASKED, LONGEST_DELAY, Answer, Feature, Opened, Status
from ._server import ANYWHERE, Reflector, Traffic, serve
from ._stream import Connection

__all__ = [
    "ANYWHERE",
    "AS_ASKED",
    "DEFAULT_PORT",
    "LONGEST_DELAY",
    "Answer",
    "Arrived",
    "Connection",
    "Echo",
    "Far",
    "FarRefused",
    "Feature",
    "Flow",
    "Limits",
    "Opened",
    "PathError",
    "Reflector",
    "ReflectorUrl",
    "Run",
    "Status",
    "Traffic",
    "connect",
    "new_token",
    "parse_token",
    "parse_url",
    "serve",
    "token_text",
]
