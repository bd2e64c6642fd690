# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages that neither libqmi nor libmbim has: their bytes, as the public sources lay them out."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe._message import Message
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._buffer import MbimTlv
from qmiprobe.mbim.services import _index as mbim_index
from qmiprobe.mbim.services import ms_basic_connect_extensions as extensions
from qmiprobe.mbim.services import multicarrier, qmbe
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi.services import _index as qmi_index
from qmiprobe.qmi.services import test as echo
from qmiprobe.qmi.services import wda
from tests.core.test_round_trips import mbim_packet
from tests.core.values import mbim_classes

QMI = {
    ("wda", 0x002B),
    ("wda", 0x002C),
    ("test", 0x0020),
    ("test", 0x0021),
}
MBIM = {
    ("multicarrier", 1),
    ("multicarrier", 2),
    ("multicarrier", 3),
    ("qmbe", 1),
    ("qmbe", 2),
    ("ms_basic_connect_extensions", 18),
    ("ms_basic_connect_extensions", 20),
}

TLVS: tuple[tuple[Message, str], ...] = (
    # samples/qmi/qmi_sample_client.c of Linux: test_ping_req_msg_v01, test_data_req_msg_v01
    (echo.Ping(ping=b"ping"), "01 0400 70696e67"),
    (echo.Ping(ping=b"ping", client_name="me"), "01 0400 70696e67 10 0300 02 6d65"),
    (echo.Data(data=b"\1\2\3"), "01 0500 0300 010203"),
    # quectel-CM and wwan-go
    (wda.SetQmapSettings(in_band_flow_control=True), "10 0100 01"),
    (wda.SetQmapSettings(data_flow_control=False), "12 0100 00"),
)
BUFFERS: tuple[tuple[Message, str], ...] = (
    (qmbe.DiagConfigSet(diag_config=qmbe.DiagConfig.PRESENT), "01000000"),
    (qmbe.DiagDataSet(data=b"\x7d\x5d\x7e"), "7d5d7e"),
    (multicarrier.LocationInfoSet(country=1), "01000000"),
    (multicarrier.CurrentCidListResponse(cids=[1, 12]), "02000000 01000000 0c000000"),
    (
        extensions.NetworkParamsQuery(
            configurations_needed=True, ue_policies_needed=False, unnamed_ies=[]
        ),
        "0100 0000",
    ),
    (extensions.NetworkParamsQueryEx4(unnamed_ies=[]), ""),
    (
        extensions.NetworkParamsResponse(
            mico_indication=extensions.MicoIndication.NOT_AVAILABLE,
            drx_params=extensions.DrxCycle.FRAMES_64,
            unnamed_ies=[MbimTlv(type=3, data=b"\1\1")],
        ),
        "ffffffff 03000000 0300 00 02 02000000 0101 0000",
    ),
    (
        extensions.UePolicyResponse(unnamed_ies=[MbimTlv(type=20, data=b"")]),
        "1400 00 00 00000000",
    ),
)


def test_they_are_all_there():
    qmi_numbers = {(one.module, one.id) for one in qmi_index.DEFINITIONS}
    mbim_numbers = {(one.module, one.id) for one in mbim_index.DEFINITIONS}
    assert qmi_numbers >= QMI
    assert mbim_numbers >= MBIM


@pytest.mark.parametrize(("body", "text"), TLVS)
def test_qmi_messages_have_these_bytes(body: Message, text: str):
    assert qmi.encode_tlvs(body) == bytes.fromhex(text)


@pytest.mark.parametrize(("body", "text"), BUFFERS)
def test_mbim_messages_have_these_bytes(body: Message, text: str):
    entry = next(one for one, cls in mbim_classes() if cls is type(body))
    data = mbim.encode(mbim_packet(entry, Random(1)), body)
    assert data[48:] == bytes.fromhex(text)
