# SPDX-License-Identifier: GPL-2.0-or-later
"""Blocks of usb-devices are read as people paste them."""

from __future__ import annotations

import re

import pytest

from qmiprobe.host import parse_descriptors
from tests.vectors.layouts import _from_lsusb
from tests.vectors.usb_devices import Device, read_devices

HUB = """\
T:  Bus=01 Lev=00 Prnt=00 Port=00 Cnt=00 Dev#=  1 Spd=480  MxCh= 2
B:  Alloc=  0/800 us ( 0%), #Int=  0, #Iso=  0
D:  Ver= 2.00 Cls=09(hub  ) Sub=00 Prot=01 MxPS=64 #Cfgs=  1
P:  Vendor=1d6b ProdID=0002 Rev= 5.15
S:  Product=xHCI Host Controller
C:* #Ifs= 1 Cfg#= 1 Atr=e0 MxPwr=  0mA
I:* If#= 0 Alt= 0 #EPs= 1 Cls=09(hub  ) Sub=00 Prot=00 Driver=hub
E:  Ad=81(I) Atr=03(Int.) MxPS=   4 Ivl=256ms
"""
BLOCK = """\
T:  Bus=02 Lev=01 Prnt=01 Port=05 Cnt=01 Dev#=  4 Spd=480  MxCh= 0
D:  Ver= 2.10 Cls=ef(misc ) Sub=02 Prot=01 MxPS=64 #Cfgs=  1
P:  Vendor=2c7c ProdID=0125 Rev= 3.18
S:  Manufacturer=Android
S:  Product=Some LTE Module
C:* #Ifs= 4 Cfg#= 1 Atr=a0 MxPwr=500mA
I:* If#= 0 Alt= 0 #EPs= 2 Cls=ff(vend.) Sub=ff Prot=ff Driver=option
E:  Ad=81(I) Atr=02(Bulk) MxPS= 512 Ivl=0ms
E:  Ad=01(O) Atr=02(Bulk) MxPS= 512 Ivl=0ms
I:* If#= 4 Alt= 0 #EPs= 3 Cls=ff(vend.) Sub=ff Prot=ff Driver=qmi_wwan
E:  Ad=89(I) Atr=03(Int.) MxPS=   8 Ivl=32ms
E:  Ad=88(I) Atr=02(Bulk) MxPS= 512 Ivl=0ms
E:  Ad=05(O) Atr=02(Bulk) MxPS= 512 Ivl=0ms
I:* If#= 5 Alt= 0 #EPs= 2 Cls=ff(vend.) Sub=42 Prot=01 Driver=(none)
E:  Ad=06(O) Atr=02(Bulk) MxPS= 512 Ivl=0ms
E:  Ad=8a(I) Atr=02(Bulk) MxPS= 512 Ivl=0ms
"""
WHAT = [(0, "ff/ff/ff", 2, "option"), (4, "ff/ff/ff", 3, "qmi_wwan"), (5, "ff/42/01", 2, None)]


def folded(text: str) -> str:
    """Fold as a mail program does that takes it for a paragraph."""
    words, lines = text.split(), [""]
    for word in words:
        lines[-1:] = [f"{lines[-1]} {word}"] if len(lines[-1]) < 60 else [lines[-1], word]
    return "\n".join(lines)


FORMS = {
    "as it is": BLOCK,
    "a reply": re.sub("^", "> ", BLOCK, flags=re.MULTILINE),
    "a reply to a reply": re.sub("^", ">> > ", BLOCK, flags=re.MULTILINE),
    "indented": re.sub("^", "    ", BLOCK, flags=re.MULTILINE),
    "tabs": re.sub("  ", "\t", BLOCK),
    "blanks that do not break": BLOCK.replace("  ", " \xa0"),
    "Windows": BLOCK.replace("\n", "\r\n"),
    "blanks lost": re.sub(" +", " ", BLOCK),
    "folded": folded(BLOCK),
    "a patch": re.sub("^", "+", BLOCK, flags=re.MULTILINE),
    "hexadecimal numbers": re.sub(r"If#= (\d)", r"If#=0x\1", BLOCK),
    "leading zeros": re.sub(r"If#= (\d)", r"If#=0\1", BLOCK),
    "no stars": BLOCK.replace(":*", ": "),
    "no T": "\n".join(BLOCK.splitlines()[1:]),
    "begins with P": "\n".join(BLOCK.splitlines()[2:]),
    "no endpoints": re.sub("^E:.*\n", "", BLOCK, flags=re.MULTILINE),
    "capital digits": BLOCK.replace("2c7c", "2C7C"),
    "square brackets": BLOCK.replace("(none)", "[none]"),
    "nothing": BLOCK.replace("(none)", ""),
    "quoted by a shell": BLOCK.replace("Driver=qmi_wwan", "'Driver=qmi_wwan'"),
    "words around it": f"Here is mine:\n\n{BLOCK}\nI: hope that helps\n",
}


def what(device: Device) -> list[tuple[int, str, int, str | None]]:
    return [(one.number, one.cls, one.endpoints, one.driver) for one in device.interfaces]


@pytest.mark.parametrize("form", FORMS)
def test_a_block_says_the_same_in_every_form(form: str):
    (device,) = read_devices(FORMS[form])
    assert (device.usb_id, what(device)) == ("2c7c:0125", WHAT)
    pipes = [one.pipes for one in device.interfaces]
    assert pipes[1] == ([] if form == "no endpoints" else [(0x89, 3), (0x88, 2), (0x05, 2)])


def test_the_product_is_its_name():
    (device,) = read_devices(BLOCK)
    assert (device.product, device.device_class) == ("Some LTE Module", "ef")


def test_several_devices_in_a_paste_are_kept_apart():
    hub, modem, other = read_devices(f"{HUB}\n{BLOCK}\n{BLOCK.replace('0125', '0800')}")
    assert [one.usb_id for one in (hub, modem, other)] == ["1d6b:0002", "2c7c:0125", "2c7c:0800"]
    assert what(modem) == what(other) == WHAT


TWO = """\
P:  Vendor=413c ProdID=81d7 Rev= 3.18
C:  #Ifs= 1 Cfg#= 1 Atr=a0 MxPwr=500mA
I:  If#= 0 Alt= 0 #EPs= 3 Cls=ff(vend.) Sub=ff Prot=ff Driver=
C:* #Ifs= 2 Cfg#= 2 Atr=a0 MxPwr=500mA
A:  FirstIf#= 0 IfCount= 2 Cls=02(comm.) Sub=0e Prot=00
I:* If#= 0 Alt= 0 #EPs= 1 Cls=02(comm.) Sub=0e Prot=00 Driver=cdc_mbim
I:* If#= 1 Alt= 0 #EPs= 0 Cls=0a(data ) Sub=00 Prot=02 Driver=cdc_mbim
I:  If#= 1 Alt= 1 #EPs= 2 Cls=0a(data ) Sub=00 Prot=02 Driver=cdc_mbim
C:  #Ifs= 1 Cfg#= 3 Atr=a0 MxPwr=500mA
I:  If#= 7 Alt= 0 #EPs= 1 Cls=02(comm.) Sub=06 Prot=00 Driver=
"""


def test_the_configuration_and_the_setting_that_are_set_count():
    (device,) = read_devices(TWO)
    assert what(device) == [(0, "02/0e/00", 1, "cdc_mbim"), (1, "0a/00/02", 0, "cdc_mbim")]


@pytest.mark.parametrize("text", ["", "I:* If#= 0", BLOCK[:90], "P:  Vendor=2c7c ProdID=0125"])
def test_what_is_cut_off_before_the_first_interface_is_no_device(text: str):
    assert list(read_devices(text)) == []


def test_what_is_cut_off_in_the_middle_has_what_is_there():
    (device,) = read_devices(BLOCK[: BLOCK.index("I:* If#= 5") + 30])
    assert what(device) == WHAT[:2]


LSUSB = """\
Bus 001 Device 004: ID 1bc7:1260 Telit
Device Descriptor:
  bLength                18
  bcdUSB               2.00
  bDeviceClass          239 Miscellaneous Device
  bDeviceSubClass         2
  bDeviceProtocol         1 Interface Association
  idVendor           0x1bc7 Telit
  idProduct          0x1260
  bNumConfigurations      1
  Configuration Descriptor:
    bNumInterfaces          1
    bConfigurationValue     1
    bmAttributes         0xa0
    MaxPower              500mA
    Interface Descriptor:
      bInterfaceNumber        2
      bAlternateSetting       0
      bNumEndpoints           1
      bInterfaceClass       255 Vendor Specific Class
      bInterfaceSubClass    255 Vendor Specific Subclass
      bInterfaceProtocol    255 Vendor Specific Protocol
      CDC Country Selection:
        iCountryCodeRelDate    1
      Endpoint Descriptor:
        bEndpointAddress     0x84  EP 4 IN
        bmAttributes            3
          Transfer Type            Interrupt
"""
HUB_OF_LSUSB = re.sub(
    " {4}Interface Descriptor:.*", "", LSUSB.replace("0x1bc7", "0x1d6b"), flags=re.DOTALL
)
FORMS_OF_LSUSB = {
    "as it is": LSUSB,
    "a reply": re.sub("^", "> ", LSUSB, flags=re.MULTILINE),
    "Windows": LSUSB.replace("\n", "\r\n"),
    "tabs": LSUSB.replace("      ", "\t"),
    "not root": f"can't get device qualifier: Resource temporarily unavailable\n{LSUSB}",
    "without what needs root": f"Couldn't open device, some information will be missing\n{LSUSB}",
    "a hub before it": f"{HUB_OF_LSUSB}\n{LSUSB}",
    "a hub after it": f"{LSUSB}\n{HUB_OF_LSUSB}",
    "cut off": LSUSB[: LSUSB.index("          Transfer Type")],
}


@pytest.mark.parametrize("form", FORMS_OF_LSUSB)
def test_a_text_of_lsusb_says_the_same_in_every_form(form: str):
    block = _from_lsusb("x", FORMS_OF_LSUSB[form])
    assert block is not None
    read = parse_descriptors(block.device.descriptors or b"")
    assert read is not None
    (configuration,) = read.configurations
    (one,) = configuration.interfaces
    assert (block.device.usb_id, configuration.value, one.number) == ("1bc7:1260", 1, 2)
    assert (one.triple, one.pipes) == ((255, 255, 255), ("interrupt-in",))


@pytest.mark.parametrize(
    "text", ["", LSUSB[:60], "Device Descriptor:", "Device Descriptor:\n  b 1"]
)
def test_what_is_cut_off_before_the_ids_is_no_device_of_lsusb(text: str):
    assert _from_lsusb("x", text) is None
