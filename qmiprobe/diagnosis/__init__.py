# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts to findings: pure rules that name a cause and what mends it.

Checks add facts under these names; rules read them. All are optional: a rule that misses a fact
holds its tongue. `vN` is `v4` or `v6`. Times are in the unit of the name. *personal*: add it with
``personal=True``. A name that a rule reads must stand in this table (a test holds that).

============================ ======= =========================================================
name                         type    meaning
============================ ======= =========================================================
usb.modems                   int     modems that Linux shows on USB or PCIe
usb.disc.name                text    where a disc is plugged that becomes a modem: 2-6
usb.disc.id                  text    its vendor and product
usb.disc.becomes             list    ids that it may come back as
usb.boot_loader              text    id of a modem that waits for firmware
usb.history                  list    ids of what came to the modem's place, in order
usb.history.plug             text    that place: 2-6
usb.history.left             bool    nothing is there now
usb.instead                  text    id that is there in place of the modem's
usb.left                     bool    the kernel saw it leave during the check
usb.returned                 text    id of what came back then
usb.comings                  int     how often it came within a minute
usb.authorized               bool    Linux may use the device
usb.configurations           list    {value: int, active: bool, kernel: bool (Linux would
                                     choose it), functions: [text]}
usb.unconfigured             list    what the kernel said of a device without configuration
usb.interfaces               list    of the active configuration: {name: text, number: int,
                                     class: text, function: text|null, driver: text|null,
                                     expected: text|null, predicted: text|null (the driver
                                     that this kernel gives it by itself), authorized:
                                     bool|null, pipes: [text], errno: text|null, why:
                                     text|null (why the expected driver does not take it)}
driver.modules               list    {name: text, registered: bool, installed: bool|null,
                                     blacklisted: text|null (the file)}
driver.dynamic_ids           list    of this modem, in new_id: {driver: text, id: text}
driver.failed                list    probes that failed: {driver: text, interface: text,
                                     errno: text, text: text}
driver.control               text    the control interface: 2-6:1.3
driver.dtr                   bool    qmi_wwan sets DTR for this modem
driver.alias                 list    modules that the kernel's list has for the interface
port.error                   text    why the port cannot be used: missing, permission, busy,
                                     gone, io; proxy: it is there and its proxy hung up
port.errno                   text    the system's name of that error, as EACCES
port.group                   text    group that may open the node
port.holders                 list    who has it open: {pid: int, program: text}
port.proxy                   bool    all of these holders go through a proxy; without any: we do
device.address               text    what the user called it: /dev/cdc-wdm0, sim:ec25
device.path                  text    control port node, or the address where there is no node
device.usb                   text    its USB name: 2-6
device.usb_id                text    vendor and product: 1199:9079
device.protocol.wanted       text    qmi or mbim
device.protocol.heard        text    qmi, mbim, at; absent where nothing was heard
device.protocol.driver       text    what the bound driver speaks: qmi or mbim
device.manufacturer          text
device.model                 text
device.revision              text    firmware
device.imei                  text    *personal*
device.mode                  text    online, low-power, persistent-low-power,
                                     mode-only-low-power, factory-test, offline, reset,
                                     shutting-down (MBIM: online or low-power)
device.mode.cause            text    why it is not online: software, hardware, fcc-lock;
                                     unknown where the modem does not tell
control.asked                int     requests sent by control.answers
control.answered             int     right answers to them
control.anomalies            list    what did not fit: {kind: text, text: text}; kinds:
                                     wrong-transaction, wrong-message, wrong-service,
                                     wrong-client, stale, late, duplicate, lost, malformed,
                                     garbage, open-busy, max-transfer, not-opened
control.refused              list    questions whose refusal made a check fail: {check: text,
                                     question: text, kind: text, number: int,
                                     name: text|null}; kinds: qmi-error, status (MBIM's),
                                     protocol-error (MBIM's FUNCTION_ERROR)
control.unreadable           list    answers that mean nothing and made a check fail:
                                     {check: text, text: text}
control.latency.median_ms    number
control.latency.max_ms       number
control.clients.error        text    error name of a refused client id: client-ids-exhausted
control.clients.service      text    service whose client id was refused: dms
control.clients.given_back   list    ids that killed runs of qmiprobe had left and that went
                                     back: {service: text, client: int, pid: int}
sim.state                    text    ready, absent, pin-required, puk-required, illegal,
                                     blocked (PUK used up), error, not-initialised, locked
sim.error                    text    the card error's name
sim.waited_s                 number  how long it was starting while we looked
sim.pin.tries                int     tries left for PIN1
sim.puk.tries                int     tries left for PUK1
sim.slot                     int     active slot, from 1
sim.other_slot               int     a slot that is not active and holds a card
sim.iccid, sim.imsi          text    *personal*
radio.registration           text    registered, searching, denied, not-registered, unknown
radio.roaming                bool
radio.operator               text    network's name
radio.plmn                   text    00101
radio.technology             text    lte, nr5g, umts, gsm
radio.reject.number          int     NAS reject cause
radio.reject.name            text    its name: plmn-not-allowed
radio.attached               bool    packet service attached
radio.attach.number          int     cause of a refused attach
radio.attach.name            text    its name
radio.signal.rssi            number  dBm
radio.signal.rsrp            number  dBm
radio.signal.rsrq            number  dB
radio.signal.snr             number  dB
session.asked                bool    --connect was given
session.up                   bool    a data session is up
session.owner                text    qmiprobe or other
session.families             list    IP families that are up: [4, 6]
session.no_address           list    IP families that came up without one: [4, 6]
session.apn                  text    APN that was asked for; empty: the network's own choice
session.refused.type         text    3gpp, internal, cm, ppp, ehrpd, ipv6, mip (QMI's verbose
                                     call end reason), call-end-reason (QMI's old one),
                                     nw-error, status (MBIM)
session.refused.number       int     the reason's number within its type
session.refused.name         text    the reason's name: unknown-apn
session.refused.family       int     4 or 6
session.settings             list    what the network gave: {family: int, address: text with
                                     prefix length, gateway: text|null, dns: [text],
                                     mtu: int|null}
session.mtu                  int     smallest signalled MTU, bytes
session.least_mtu            int     smallest MTU that makes sense with the IP families that
                                     are up: 1280 with IPv6, else 576
session.sent                 int     packets that the modem counted toward the network
                                     during link.return
session.received             int     the same, from the network
netdev.name                  text    wwan0
netdev.driver                text    qmi_wwan, cdc_mbim, tun
netdev.present               bool
netdev.format                text    what the host speaks on it: raw-ip or 802.3
netdev.expected_format       text    what the modem speaks: raw-ip or 802.3
netdev.address_like_ip       bool    its Ethernet address begins with 4 or 6, as IP packets do
netdev.up                    bool    administratively up
netdev.carrier               bool
netdev.mtu                   int     bytes
netdev.addresses             list    texts with prefix length
netdev.sent                  int     packets that the netdev counted during link.return
netdev.received              int     the same, from the modem
link.route.device            text    netdev that packets to the targets would leave by
link.route.error             text    why there is no route: ENETUNREACH
link.return.asked            list    kinds of probes that were sent: icmp, dns, tcp
link.return.kinds            list    kinds that were answered
link.return.tap_out          int     probe packets seen leaving on the netdev
link.return.tap_in           int     answers seen arriving on the netdev
link.return.received         int     answers that reached our sockets
link.return.send_errors      list    error names of sends that failed: EPERM
link.return.rp_filtered      int     packets that reverse path filtering dropped meanwhile
link.rp_filter               int     the sysctl's value for the netdev
link.dns.vN                  list    {server: text, answered: bool, rcode: text|null,
                                     resolved: bool (addresses for the existing name),
                                     missing: [text] addresses given for the missing name}
link.tcp.vN                  list    {address: text, port: int, connected: bool,
                                     error: text|null}
link.http.vN                 list    {host: text, by: address|name, status: int|null,
                                     expected: int, location: text|null, error: text|null}
link.pmtu_up.vN.size         int     largest packet that arrives, bytes
link.pmtu_up.vN.black_hole   bool    larger ones vanish without a word
link.pmtu_up.vN.method       text    how it was measured
link.pmtu_down.vN.size       int     the same three, toward the host
link.pmtu_down.vN.black_hole bool
link.pmtu_down.vN.method     text
============================ ======= =========================================================
"""

from __future__ import annotations

from qmiprobe.diagnosis._explain import explain
from qmiprobe.diagnosis._facts import Fact, Facts, JsonValue
from qmiprobe.diagnosis._model import (
    Evidence,
    Finding,
    Outcome,
    Reason,
    Remedy,
    Verdict,
)

__all__ = [
    "Evidence",
    "Fact",
    "Facts",
    "Finding",
    "JsonValue",
    "Outcome",
    "Reason",
    "Remedy",
    "Verdict",
    "explain",
]
