# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes back what a session changed in the modem, also one of a program that is gone.

A client id or a session number may be another program's by then. A call is ours where the modem
takes its handle, which it makes up anew for each; other ids go back only where the witness shows
that nobody took all of them away (see ``device._leftovers``); an MBIM session is ours where it has
an address that was noted, or where the run was killed before there was one to note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe.errors import QmiprobeError
from qmiprobe.session._model import QUERY_TIMEOUT, STOP_TIMEOUT
from qmiprobe.session._steps import (
    DataFormat,
    MbimSession,
    QmiCall,
    QmiWitness,
    Step,
)

if TYPE_CHECKING:
    from qmiprobe.device import MbimDevice, QmiDevice
    from qmiprobe.session._ledger import Ledger

_LOWEST = 1
"""The client id that shows nothing: after a Sync somebody else has it."""


async def undo_in_modem(step: Step, ledger: Ledger, device: QmiDevice | MbimDevice) -> str | None:
    """Undo one change; return why it could not be, None where it is undone or was so already.

    Raises nothing that the modem is the cause of.
    """
    from qmiprobe.device import QmiDevice

    try:
        if isinstance(device, QmiDevice):
            return await _undo_qmi(step, ledger, device)
        return await _undo_mbim(step, device)
    except QmiprobeError as error:
        return f"{step.kind}: {error}"


async def _undo_qmi(step: Step, ledger: Ledger, device: QmiDevice) -> str | None:
    if isinstance(step, DataFormat):
        from qmiprobe.session._framing import restore_data_format

        await restore_data_format(step, device)
    elif isinstance(step, QmiCall):
        return await _end_call(step, ledger, device)
    elif isinstance(step, QmiWitness) and await _knows(device, step.client):
        await _release(device, _service("wda"), step.client)
    return None


async def _end_call(step: QmiCall, ledger: Ledger, device: QmiDevice) -> str | None:
    from qmiprobe.qmi.services import wds
    from qmiprobe.qmi.services._shared import Error

    stop = wds.StopNetwork(packet_data_handle=step.handle)
    answer = await device.exchange(stop, client=step.client, timeout=STOP_TIMEOUT)
    error = answer.result.error if answer.result is not None else Error.NONE
    if error == Error.INVALID_CLIENT_ID:
        return None
    if error == Error.NONE:
        await _release(device, _service("wds"), step.client)
        return None
    # It ended by itself; is the id still ours?
    witnesses = [one.client for one in ledger.steps if isinstance(one, QmiWitness)]
    if witnesses and await _knows(device, witnesses[0]):
        await _release(device, _service("wds"), step.client)
        return None
    return f"client id {step.client} of wds may be another program's by now: it is not given back"


async def _knows(device: QmiDevice, client: int) -> bool:
    """Whether the modem still has a witness's client id."""
    from qmiprobe.qmi.services import wda
    from qmiprobe.qmi.services._shared import Error

    if client <= _LOWEST:
        return False
    answer = await device.exchange(wda.GetDataFormat(), client=client, timeout=QUERY_TIMEOUT)
    known = (Error.NONE, Error.MISSING_ARGUMENT)
    return answer.result is not None and answer.result.error in known


async def _release(device: QmiDevice, service: int, client: int) -> None:
    from qmiprobe.qmi.services import ctl
    from qmiprobe.qmi.services._shared import Service

    info = ctl.Client(service_=Service(service), cid=client)
    await device.exchange(ctl.ReleaseCid(release_info=info), timeout=STOP_TIMEOUT)


def _service(name: str) -> int:
    from qmiprobe.qmi.services._shared import Service

    return int(Service.from_name(name))


async def _undo_mbim(step: Step, device: MbimDevice) -> str | None:
    if not isinstance(step, MbimSession):
        return None
    from qmiprobe.session._mbim import end_mbim_session

    return await end_mbim_session(device, step)
