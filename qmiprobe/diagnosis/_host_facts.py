# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts that the host alone shows, without a question to the modem; rules about it read them.

============================ ======= =========================================================
name                         type    meaning
============================ ======= =========================================================
usb.log.enumeration          list    lines by which the kernel could not bring a device up
usb.log.enumeration.plug     text    the port of those: 2-6
usb.log.bandwidth            list    lines that tell of too little bandwidth on the bus
usb.log.numbering            list    lines about interfaces whose numbers have gaps
usb.log.errors               list    transfers that failed: {kind: text, count: int,
                                     most_in_a_second: int, text: text (the last)}; kinds:
                                     stall, interrupt, transfer, watchdog, resume
usb.speed                    number  Mbit/s of the connection
usb.super_speed              bool    the modem says that it can do 5000 Mbit/s
usb.power.control            text    on, or auto: it may be suspended
usb.power.status             text    active, suspended, error
usb.over_currents            int     how often its port was switched off for its current
usb.port                     text    folder of that port in sysfs
usb.mode_switch.file         text    where usb_modeswitch has an entry for it
usb.mode_switch.sets         int     the configuration that the entry sets; 0: that with MBIM
usb.mode_switch.disabled     text    the setting that keeps usb_modeswitch from doing so
usb.udev_rules               list    that set its configuration: {file: text, line: int,
                                     last: int (line), value: text, fault: text|null (why
                                     udev leaves it out)}
driver.prefer_mbim           bool    the parameter of cdc_ncm of that name
driver.generic_parameters    text    ids that usbserial was loaded with: vendor=0x1199 ...
driver.rejected              list    lines by which the kernel refused modules
driver.programs              list    who has the device open past the drivers (usbfs): {pid:
                                     int, program: text}
driver.left_over             list    dynamic ids of drivers that know the modem anyway:
                                     {driver: text, id: text, dtr: bool (lost by it)}
driver.others                list    interfaces that are no control ports, with the wrong
                                     driver or none: {name: text, driver: text|null,
                                     expected: text, by_hand: text|null (the dynamic id),
                                     nodes: [text], file: text|null (keeps the driver out)}
driver.notified              list    lines of notifications that only serial ports send
pci.driver                   text    who has a modem on PCI Express that has no port
pci.expected                 text    the driver that Linux has for it
pci.registered               bool    that driver is loaded
pci.installed                bool    its module is there to be loaded
pci.blacklisted              text    the file that keeps it out
pci.mode                     text    what the driver says of its state: ready, fastboot_dump
port.driver                  text    the driver of the port
port.protocol                text    what the driver's port carries: at, qcdm, ...
port.others                  list    control ports that there are, where the named one is not
port.allowed                 bool    owner, group and mode let this user open it
port.mode                    text    its mode: crw-------
port.other_name              list    who has it open by its other node: {pid: int, program:
                                     text, path: text}
port.manager                 list    what ModemManager has open beside it: {pid: int,
                                     program: text, path: text}
host.container               text    the file that tells that this is a container
host.sysfs_read_only         bool
host.lockdown                text    none, integrity, confidentiality
host.unseen                  list    what this user may not see
radio.switches               list    rfkill switches that keep the radio off: {name: text,
                                     path: text, soft: bool, hard: bool}
netdev.others                list    names of those that are there, where one is not
netdev.raw_ip                bool    qmi_wwan's parameter
netdev.muxes                 list    netdevs of multiplexed sessions above it
netdev.rx_errors             int     packets that it could not take
netdev.rx_packets            int     those that it could
netdev.usbnet                text    the kernel's release, where its usbnet is too old
netdev.dhcp_clients          list    that run on it and need an Ethernet address: {pid: int,
                                     program: text}
============================ ======= =========================================================
"""

from __future__ import annotations
