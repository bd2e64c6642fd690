# SPDX-License-Identifier: GPL-2.0-or-later
"""Every exception of qmiprobe, and whose fault each one is.

* ours or the caller's: :class:`EncodeError`, :class:`DefinitionError`, :class:`AddressError`
* the modem's: :class:`DecodeError`, :class:`NoAnswer`, :class:`OtherProtocol`,
  :class:`QmiError`, :class:`MbimError`
* the port's or the machine's: :class:`TransportError` and its kinds, :class:`CannotTest`
"""

from __future__ import annotations


class QmiprobeError(Exception):
    """Root of all; never raised itself."""

    observed: object = None
    """What had been seen of the modem, where who raises it keeps that (a ``device.Observed``)."""


class DecodeError(QmiprobeError):
    """Bytes that cannot mean anything; ``offset`` counts from the start of the message."""

    def __init__(self, text: str, *, offset: int = 0) -> None:
        super().__init__(text)
        self.offset = offset

    def __str__(self) -> str:
        return f"{self.args[0]} (at byte {self.offset})"


class EncodeError(QmiprobeError):
    """A value that its definition does not allow."""


class DefinitionError(QmiprobeError):
    """A definition file that breaks the rules; the text names file and path inside it."""


class AddressError(QmiprobeError):
    """A device address that cannot be understood."""


class CannotTest(QmiprobeError):
    """The test cannot run here: no device, no permission, not supported by this kernel."""


class ProxyFailed(CannotTest):
    """A proxy listens, and does not give what it is for."""


class TransportError(QmiprobeError):
    """The port failed; ``errno`` is the system's number where there is one."""

    def __init__(self, text: str, *, port: str, errno: int | None = None) -> None:
        super().__init__(f"{port}: {text}")
        self.port = port
        self.errno = errno


class PortMissing(TransportError):
    """No such node (ENOENT, ENXIO)."""


class PortPermission(TransportError):
    """The node may not be opened (EACCES, EPERM)."""


class PortBusy(TransportError):
    """The node is held by another program (EBUSY)."""


class DeviceGone(TransportError):
    """Unplugged, or the other end closed: the port is at its end for ever."""


class ProxyGone(DeviceGone):
    """The proxy hung up, while the port that it had opened is still there."""


class DeviceReset(TransportError):
    """The device was reset or the bus failed (EIO); the port may work again."""


class AnswerLost(TransportError):
    """The driver dropped an answer that did not fit its buffer (ENOBUFS)."""


class NoAnswer(QmiprobeError):
    """Nothing came back in time."""


class ModemSilent(NoAnswer):
    """Who carries messages to the modem is there; the modem itself did not answer in time."""


class OtherProtocol(QmiprobeError):
    """The port speaks another protocol than the wanted one."""

    def __init__(self, text: str, *, heard: str) -> None:
        super().__init__(text)
        self.heard = heard


class Refused(QmiprobeError):
    """The modem answered, and its answer is an error."""

    def __init__(self, text: str, *, error: int, response: object = None) -> None:
        super().__init__(text)
        self.error = error
        self.response = response


class QmiError(Refused):
    """QMI Result TLV with a failure; ``error`` is an open enum, ``response`` the message."""


class MbimError(Refused):
    """MBIM status other than success; ``error`` is an open enum, ``response`` the message."""


class MbimProtocolError(Refused):
    """MBIM FUNCTION_ERROR: the function refused the message itself."""
