# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/phonebook.toml
# by python -m qmiprobe._codegen
"""The phonebook of the SIM."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, Utf16Text
from qmiprobe._types import Int
from qmiprobe.mbim._buffer import OffsetSize, Pairs

class State(OpenEnum):
    NOT_INITIALIZED: ClassVar[State]
    INITIALIZED: ClassVar[State]
    definition = "state"
    names = {
        0: "not-initialized",
        1: "initialized",
    }


class Flag(OpenEnum):
    ALL: ClassVar[Flag]
    INDEX: ClassVar[Flag]
    definition = "flag"
    names = {
        0: "all",
        1: "index",
    }


class WriteFlag(OpenEnum):
    UNUSED: ClassVar[WriteFlag]
    INDEX: ClassVar[WriteFlag]
    definition = "write-flag"
    names = {
        0: "unused",
        1: "index",
    }


class ConfigurationInfo(Struct):
    state: State = member(Int(4, enum=State))
    number_of_entries: int = member(U32)
    used_entries: int = member(U32)
    max_number_length: int = member(U32)
    max_name: int = member(U32)


class Filter(Struct):
    filter_flag: Flag = member(Int(4, enum=Flag))
    filter_message_index: int = member(U32)


class Entry(Struct):
    entry_index: int = member(U32)
    number: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    name: str = member(OffsetSize(Utf16Text()), personal=True, default="")


class ReadInfo(Struct):
    entries: list[Entry] = member(Pairs(Nested(Entry), count=U32), default_factory=list)


class ConfigurationResponse(Response, ConfigurationInfo):
    """phonebook 1, response: Read state and size of the phonebook."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 1
    message = "configuration"


class ConfigurationNotification(Indication, ConfigurationInfo):
    """phonebook 1, notification: Read state and size of the phonebook."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 1
    message = "configuration"


class ConfigurationQuery(Request[ConfigurationResponse]):
    """phonebook 1, query: Read state and size of the phonebook."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 1
    message = "configuration"
    response = ConfigurationResponse
    direction: ClassVar[str] = "query"


class ReadResponse(Response, ReadInfo):
    """phonebook 2, response: Read one entry or all."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 2
    message = "read"


class ReadQuery(Request[ReadResponse], Filter):
    """phonebook 2, query: Read one entry or all."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 2
    message = "read"
    response = ReadResponse
    direction: ClassVar[str] = "query"


class DeleteResponse(Response):
    """phonebook 3, response: Delete one entry or all."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 3
    message = "delete"


class DeleteSet(Request[DeleteResponse], Filter):
    """phonebook 3, set: Delete one entry or all."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 3
    message = "delete"
    response = DeleteResponse
    direction: ClassVar[str] = "set"


class WriteResponse(Response):
    """phonebook 4, response: Write an entry, to a given place or to a free one."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 4
    message = "write"


class WriteSet(Request[WriteResponse]):
    """phonebook 4, set: Write an entry, to a given place or to a free one."""

    service = Uuid.from_name("4bf38476-1e6a-41db-b1d8-bed289c25bdb")
    service_name = "phonebook"
    id = 4
    message = "write"
    response = WriteResponse
    direction: ClassVar[str] = "set"
    save_flag: WriteFlag = member(Int(4, enum=WriteFlag))
    save_index: int = member(U32)
    number: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    name: str = member(OffsetSize(Utf16Text()), personal=True, default="")
