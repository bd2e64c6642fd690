# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem that may want DTR is named beside one that is mute: silence does not tell them apart."""

from __future__ import annotations

import pytest

from qmiprobe.diagnosis import Finding, Reason, explain
from tests.diagnosis.cases import ABSENT, QMI, Known, facts_of, failing, text_of

SILENT: Known = {
    **QMI,
    "device.protocol.heard": ABSENT,
    "device.usb": "2-6",
    "device.usb_id": "03f0:581d",
    "driver.dtr": False,
    "driver.control": "2-6:1.3",
}


def named(**changes: object) -> dict[str, Finding]:
    """Return the causes of a port that does not answer."""
    known = {**SILENT, **{key.replace("__", "."): value for key, value in changes.items()}}
    verdicts = [failing("control.protocol", Reason.NO_ANSWER)]
    return {one.id: one for one in explain(facts_of(known), verdicts)}  # type: ignore[arg-type]


def test_both_causes_are_named_with_what_tells_them_apart():
    found = named()
    assert set(found) == {"driver/no-dtr", "control/no-answer"}
    text = text_of(found["driver/no-dtr"])
    assert "echo 2-6:1.3 > /sys/bus/usb/drivers/qmi_wwan/unbind" in text
    assert "echo '03f0 581d ff 1199 9071' > /sys/bus/usb/drivers/qmi_wwan/new_id" in text
    assert "echo '03f0 581d' > /sys/bus/usb/drivers/qmi_wwan/remove_id" in text
    apart = [one.text for one in found["driver/no-dtr"].evidence if "cannot be told" in one.text]
    assert len(apart) == 1
    assert "example that sets DTR" in apart[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"driver__dtr": True},
        {"driver__dtr": ABSENT},
        {"port__error": "gone"},
        {"device__protocol__heard": "qmi"},
        {"control__anomalies": [{"kind": "late", "text": "late"}]},
    ],
)
def test_a_modem_for_which_dtr_is_set_or_that_says_anything_is_not_named_so(
    changes: dict[str, object],
):
    assert "driver/no-dtr" not in named(**changes)
