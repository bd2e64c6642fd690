# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts of `link` about the host around the netdev, and about what comes back from where.

============================ ======= =========================================================
name                         type    meaning
============================ ======= =========================================================
link.bearer.none             bool    the netdev has no address at all
link.bearer.elsewhere        list    netdevs that carry the session's address, or a PPP link
                                     beside an empty netdev
link.ipv6_off                bool    disable_ipv6 is set for the netdev
link.route.family            int     IP family that has no route
link.route.past              int     IP family that leaves by the netdev, where a tunnel takes
                                     the other one
link.route.tunnel            text    that tunnel
link.ttl.vN                  int     TTL, or hop limit, of what this host sends
link.resolver.silent         list    servers of resolv.conf that say nothing by this netdev
link.resolver.diverted       list    DNS servers of the session that programs ask by another
                                     netdev: {server: text, device: text}
link.filtered                list    what this host's filter did not let out after link.return:
                                     udp 500 over IPv4
link.route.elsewhere         bool    what is bound to no netdev leaves by another one
link.ra_ignored              bool    router advertisements are not taken (accept_ra), and there
                                     is no IPv6 default route
link.overlap                 list    what another netdev's route covers: {what: text, address:
                                     text, prefix: text, device: text}
link.conntrack_full          int     entries of connection tracking, all of them in use
link.usb.complaints          list    lines of the kernel's log about the netdev
link.usb.suspends            bool    the kernel may put its USB device to sleep
link.gateways                list    {address: text, state: text}: reachable, failed, ...
link.return.refused          list    probes that this host kept from leaving: {kind: text,
                                     family: int, target: text}
link.return.eaten            list    probes whose answers reached no socket, the same
link.return.unheard          int     IP family without a neighbour, though neighbours answered
link.return.no_neighbour     int     IP family whose gateway nobody answers for
link.route.gateways          list    default routes to another gateway than the given one:
                                     {family: int, route: text, given: text, metric: int}
netdev.rx_refused            int     packets that the netdev could not take during link.return
netdev.multiplexed           int     frames during link.return that are packets behind a QMAP
                                     header
netdev.offloads              list    what the kernel leaves to the netdev: tso, gro, ...
link.reach.vN                list    hosts beyond the operator: {kind: text, target: text,
                                     port: int|null, there: bool, result: text, offender:
                                     text|null, prohibited: bool}
link.reach.vN.kinds          list    kinds that came back: dns, tcp, echo, ntp, quic, udp
link.reach.vN.silent         list    kinds that came back from no host
link.nat64.prefix            text    what the network's DNS makes IPv6 addresses of
link.nat64.passes            bool    an IPv4 host answers behind that prefix
link.nat64.ipv4_route        text    netdev that IPv4 packets would leave by
link.nat64.ipv4_mtu          int     MTU of that netdev, where it is a CLAT
link.nat64.ipv4_most         int     IPv4 packets that fit the session's own MTU as IPv6
link.dns_truth.intercepted   list    addresses without DNS in whose name somebody answered
link.dns_truth.here          bool    not one question left for such an address: this host diverts
link.clock.ahead_s           number  how far the network's time is ahead of this machine's clock
============================ ======= =========================================================
"""
