# SPDX-License-Identifier: GPL-2.0-or-later
"""libqmi and libmbim as independent decoders: the C libraries themselves, through ctypes.

``needs("libqmi-gi")`` and ``needs("libmbim-gi")`` say whether they are there.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

_TLV = re.compile(
    r"^TLV:\n  type {7}= (?:\"(?P<name>[^\"]*)\" \()?(?P<type>0x[0-9a-f]+)\)?\n"
    r"  length {5}= (?P<length>\d+)\n  value {6}= (?P<value>[0-9A-F:]*)\n"
    r"(?:  translated = (?P<translated>.*?)\n)?(?=^TLV:|\Z)",
    re.MULTILINE | re.DOTALL,
)


class _ByteArray(ctypes.Structure):
    _fields_ = (("data", ctypes.c_void_p), ("len", ctypes.c_uint))


class _Glib:
    """The few functions of GLib that both need."""

    def __init__(self) -> None:
        self.lib = ctypes.CDLL("libglib-2.0.so.0")
        self.lib.g_byte_array_new.restype = ctypes.c_void_p
        self.lib.g_byte_array_append.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint)
        self.lib.g_byte_array_unref.argtypes = (ctypes.c_void_p,)
        self.lib.g_free.argtypes = (ctypes.c_void_p,)

    def text(self, pointer: int | None) -> str | None:
        """Return the string at ``pointer`` and free it."""
        if not pointer:
            return None
        text = ctypes.string_at(pointer).decode("utf-8", "replace")
        self.lib.g_free(pointer)
        return text

    def array(self, data: bytes) -> int:
        """Return a new GByteArray with ``data``."""
        array: int = self.lib.g_byte_array_new()
        self.lib.g_byte_array_append(array, data, len(data))
        return array


@dataclass(frozen=True)
class PrintedTlv:
    """One TLV as libqmi prints it; no name where it does not know it."""

    type: int
    name: str | None
    translated: str


class LibQmi:
    """libqmi-glib of the system."""

    def __init__(self) -> None:
        self.glib = _Glib()
        lib = self.lib = ctypes.CDLL("libqmi-glib.so.5")
        lib.qmi_message_new_from_raw.restype = ctypes.c_void_p
        lib.qmi_message_new_from_raw.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        lib.qmi_message_get_printable_full.restype = ctypes.c_void_p
        lib.qmi_message_get_printable_full.argtypes = (
            ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p,
        )  # fmt: skip
        lib.qmi_message_unref.argtypes = (ctypes.c_void_p,)
        lib.qmi_message_context_new.restype = ctypes.c_void_p
        lib.qmi_message_context_set_vendor_id.argtypes = (ctypes.c_void_p, ctypes.c_uint16)
        lib.qmi_message_context_unref.argtypes = (ctypes.c_void_p,)
        lib.qmi_utils_set_show_personal_info(1)

    def printed(self, data: bytes, *, vendor: int | None = None) -> str | None:
        """Return what libqmi prints of a message; None if it refuses it."""
        array = self.glib.array(data)
        message = self.lib.qmi_message_new_from_raw(array, None)
        self.glib.lib.g_byte_array_unref(array)
        if not message:
            return None
        context = self.lib.qmi_message_context_new()
        if vendor is not None:
            self.lib.qmi_message_context_set_vendor_id(context, vendor)
        text = self.glib.text(self.lib.qmi_message_get_printable_full(message, context, b""))
        self.lib.qmi_message_context_unref(context)
        self.lib.qmi_message_unref(message)
        return text

    def work(self, data: bytes) -> None:
        """Let libqmi parse and print a message, and throw the text away: for benchmarks."""
        array = self.glib.array(data)
        message = self.lib.qmi_message_new_from_raw(array, None)
        text = self.lib.qmi_message_get_printable_full(message, None, b"")
        self.glib.lib.g_free(text)
        self.lib.qmi_message_unref(message)
        self.glib.lib.g_byte_array_unref(array)

    def tlvs(self, data: bytes, *, vendor: int | None = None) -> list[PrintedTlv]:
        """Return the TLVs that libqmi prints of a message."""
        return [
            PrintedTlv(int(m["type"], 16), m["name"], m["translated"] or "")
            for m in _TLV.finditer(self.printed(data, vendor=vendor) or "")
        ]


class LibMbim:
    """libmbim-glib of the system."""

    def __init__(self) -> None:
        self.glib = _Glib()
        lib = self.lib = ctypes.CDLL("libmbim-glib.so.4")
        lib.mbim_message_new.restype = ctypes.c_void_p
        lib.mbim_message_new.argtypes = (ctypes.c_char_p, ctypes.c_uint32)
        lib.mbim_message_unref.argtypes = (ctypes.c_void_p,)
        lib.mbim_message_get_printable_full.restype = ctypes.c_void_p
        lib.mbim_message_get_printable_full.argtypes = (
            ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint8, ctypes.c_char_p, ctypes.c_int,
            ctypes.c_void_p,
        )  # fmt: skip
        lib.mbim_utils_set_show_personal_info(1)

    def printed(self, data: bytes, *, mbimex: str = "1.0") -> str | None:
        """Return what libmbim prints of a message; None if it refuses it."""
        message = self.lib.mbim_message_new(data, len(data))
        major, minor = (int(part) for part in mbimex.split("."))
        pointer = self.lib.mbim_message_get_printable_full(message, major, minor, b"", 0, None)
        text = self.glib.text(pointer)
        self.lib.mbim_message_unref(message)
        return text

    def work(self, data: bytes) -> None:
        """Let libmbim parse and print a message, and throw the text away: for benchmarks."""
        message = self.lib.mbim_message_new(data, len(data))
        text = self.lib.mbim_message_get_printable_full(message, 1, 0, b"", 0, None)
        self.glib.lib.g_free(text)
        self.lib.mbim_message_unref(message)

    def fields(self, data: bytes, *, mbimex: str = "1.0") -> list[str] | None:
        """Return the lines of the information buffer's fields; None where libmbim has none."""
        _head, _, fields = (self.printed(data, mbimex=mbimex) or "").partition("\nFields:\n")
        return [line.strip() for line in fields.splitlines() if line.strip()] if fields else None
