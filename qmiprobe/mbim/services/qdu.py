# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/qdu.toml
# by python -m qmiprobe._codegen
"""Qualcomm's device update: firmware over MBIM, with Quectel's additions."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, Utf16Text
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import OffsetSize

class SessionAction(OpenEnum):
    START: ClassVar[SessionAction]
    STOP: ClassVar[SessionAction]
    definition = "session-action"
    names = {
        0: "start",
        1: "stop",
    }


class SessionType(OpenEnum):
    NONE: ClassVar[SessionType]
    LE: ClassVar[SessionType]
    definition = "session-type"
    names = {
        0: "none",
        1: "le",
    }


class SessionStatus(OpenEnum):
    INACTIVE: ClassVar[SessionStatus]
    FILE_TRANSFER: ClassVar[SessionStatus]
    APPLY_UPDATE: ClassVar[SessionStatus]
    definition = "session-status"
    names = {
        0: "inactive",
        1: "file-transfer",
        2: "apply-update",
    }


class SessionResult(OpenEnum):
    SUCCESS: ClassVar[SessionResult]
    FAILURE: ClassVar[SessionResult]
    definition = "session-result"
    names = {
        0: "success",
        1: "failure",
    }


class FileType(OpenEnum):
    PACKAGE: ClassVar[FileType]
    definition = "file-type"
    names = {
        0: "package",
    }


class QuectelRebootType(OpenEnum):
    EDL: ClassVar[QuectelRebootType]
    definition = "quectel-reboot-type"
    names = {
        17: "edl",
    }


class QuectelVersionType(OpenEnum):
    ID: ClassVar[QuectelVersionType]
    definition = "quectel-version-type"
    names = {
        256: "id",
    }


class QuectelCommandType(OpenEnum):
    AT: ClassVar[QuectelCommandType]
    SYSTEM: ClassVar[QuectelCommandType]
    definition = "quectel-command-type"
    names = {
        0: "at",
        1: "system",
    }


class QuectelCommandResponseStatus(OpenEnum):
    OK: ClassVar[QuectelCommandResponseStatus]
    FAIL: ClassVar[QuectelCommandResponseStatus]
    definition = "quectel-command-response-status"
    names = {
        0: "ok",
        1: "fail",
    }


class UpdateSessionInfo(Struct):
    current_session_type: SessionType = member(Int(4, enum=SessionType))
    current_session_status: SessionStatus = member(Int(4, enum=SessionStatus))
    last_session_type: SessionType = member(Int(4, enum=SessionType))
    last_session_result: SessionResult = member(Int(4, enum=SessionResult))
    last_session_error_offset: int = member(U32, unit='bytes')
    last_session_error_size: int = member(U32, unit='bytes')


class FileOpenInfo(Struct):
    max_transfer_size: int = member(U32, unit='bytes')
    max_window_size: int = member(U32)


class QuectelReadVersionInfo(Struct):
    version_id: int = member(U32)
    version: str = member(OffsetSize(Utf16Text(limit=120)), default="")


class CommandInfo(Struct):
    command_response_status: QuectelCommandResponseStatus = member(Int(4, enum=QuectelCommandResponseStatus))
    command_response_string: bytes = member(Bytes(), personal=True)


class UpdateSessionResponse(Response, UpdateSessionInfo):
    """qdu 1, response: Read how an update stands and how the last one ended, or begin or end one."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 1
    message = "update-session"


class UpdateSessionNotification(Indication, UpdateSessionInfo):
    """qdu 1, notification: Read how an update stands and how the last one ended, or begin or end
    one."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 1
    message = "update-session"


class UpdateSessionQuery(Request[UpdateSessionResponse]):
    """qdu 1, query: Read how an update stands and how the last one ended, or begin or end one."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 1
    message = "update-session"
    response = UpdateSessionResponse
    direction: ClassVar[str] = "query"


class UpdateSessionSet(Request[UpdateSessionResponse]):
    """qdu 1, set: Read how an update stands and how the last one ended, or begin or end one."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 1
    message = "update-session"
    response = UpdateSessionResponse
    direction: ClassVar[str] = "set"
    session_action: SessionAction = member(Int(4, enum=SessionAction))
    session_type: SessionType = member(Int(4, enum=SessionType))


class FileOpenResponse(Response, FileOpenInfo):
    """qdu 2, response: Announce a file of the update and learn how large its pieces may be."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 2
    message = "file-open"


class FileOpenQuery(Request[FileOpenResponse]):
    """qdu 2, query: Announce a file of the update and learn how large its pieces may be."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 2
    message = "file-open"
    response = FileOpenResponse
    direction: ClassVar[str] = "query"


class FileOpenSet(Request[FileOpenResponse]):
    """qdu 2, set: Announce a file of the update and learn how large its pieces may be."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 2
    message = "file-open"
    response = FileOpenResponse
    direction: ClassVar[str] = "set"
    file_type: FileType = member(Int(4, enum=FileType))
    file_size: int = member(U32, unit='bytes')


class FileWriteResponse(Response):
    """qdu 3, response: Send one piece of the file."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 3
    message = "file-write"


class FileWriteSet(Request[FileWriteResponse]):
    """qdu 3, set: Send one piece of the file."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 3
    message = "file-write"
    response = FileWriteResponse
    direction: ClassVar[str] = "set"
    data_buffer: bytes = member(Bytes())


class QuectelRebootResponse(Response):
    """qdu 4, response: Restart a Quectel modem into its emergency download mode."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 4
    message = "quectel-reboot"


class QuectelRebootSet(Request[QuectelRebootResponse]):
    """qdu 4, set: Restart a Quectel modem into its emergency download mode."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 4
    message = "quectel-reboot"
    response = QuectelRebootResponse
    direction: ClassVar[str] = "set"
    reboot_type: QuectelRebootType = member(Int(2, enum=QuectelRebootType))


class QuectelReadVersionResponse(Response, QuectelReadVersionInfo):
    """qdu 7, response: Read the version of a Quectel modem's firmware."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 7
    message = "quectel-read-version"


class QuectelReadVersionSet(Request[QuectelReadVersionResponse]):
    """qdu 7, set: Read the version of a Quectel modem's firmware."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 7
    message = "quectel-read-version"
    response = QuectelReadVersionResponse
    direction: ClassVar[str] = "set"
    version_type: QuectelVersionType = member(Int(2, enum=QuectelVersionType))


class CommandResponse(Response, CommandInfo):
    """qdu 8, response: Run an AT or system command on a Quectel modem."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 8
    message = "command"


class CommandSet(Request[CommandResponse]):
    """qdu 8, set: Run an AT or system command on a Quectel modem."""

    service = Uuid.from_name("6427015f-579d-48f5-8c54-f43ed1e76f83")
    service_name = "qdu"
    id = 8
    message = "command"
    response = CommandResponse
    direction: ClassVar[str] = "set"
    command_type: QuectelCommandType = member(Int(4, enum=QuectelCommandType))
    command_string: bytes = member(Bytes(), personal=True)
