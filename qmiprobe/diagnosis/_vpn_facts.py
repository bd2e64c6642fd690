# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts about a tunnel, from `vpn`; rules about it read them. `vN` is `v4` or `v6`.

============================ ======= =========================================================
name                         type    meaning
============================ ======= =========================================================
vpn.found                    list    names of the tunnels that there are, none being chosen
vpn.hidden                   list    tunnels, or what may be some, that this user may not look
                                     into
vpn.kind                     text    wireguard, openvpn, ipsec, l2tp, pptp, openconnect,
                                     tailscale, tunnel
vpn.name                     text    its netdev, or the connection's name
vpn.netdev                   text    its netdev; absent for the kernel's IPsec
vpn.mtu                      int     of that netdev, bytes
vpn.up                       bool    administratively up
vpn.transport                text    udp, tcp, esp, gre
vpn.endpoint                 text    address of the other side
vpn.endpoint.unknown         text    why there is none: a name that does not resolve, or empty
vpn.host                     text    its name
vpn.port                     int
vpn.families                 list    IP families inside: [4, 6]
vpn.options                  list    settings that matter: mssfix 1450, tls-crypt ta.key
vpn.config                   text    path of its configuration
vpn.keepalive_s              int     0: off
vpn.route.error              text    why there is no route to the endpoint: ENETUNREACH
vpn.route.families           list    IP families that have a default route beside the tunnel
vpn.route.device             text    the netdev that the route to the endpoint leads to
vpn.route.prefix             text    the routing entry behind it
vpn.route.table              int     its routing table, where the tunnel's mark leads to one
vpn.route.loop               bool    that netdev is the tunnel's own
vpn.route.leftover           text    the endpoint's own route, unlike all default routes
vpn.route.way_out            list    default routes beside the tunnel, the best first:
                                     {device: text, gateway: text|null}
vpn.elsewhere                list    hosts or networks behind the tunnel whose route leads past
                                     it: {what: text, device: text|null, prefix: text|null,
                                     overlap: bool (routes into it are there, and lose)}
vpn.carrier                  text    the netdev that carries the tunnel
vpn.carrier.mtu              int     bytes
vpn.endpoint.heard           list    {name: text, port: int, transport: text, result: text
                                     (answered, refused, unreachable, silent, not-sent),
                                     errno: text|null, offender: text|null, prohibited: bool}
vpn.endpoint.answered        bool    in its own protocol, or by a handshake
vpn.endpoint.unasked         bool    strangers get no answer there, so silence proves nothing
vpn.endpoint.reached         list    kinds of other traffic that come back from there: echo,
                                     tcp, udp
vpn.endpoint.send_errors     list    error names of sends to it that failed: EPERM
vpn.endpoint.sent            int     packets to it that left meanwhile
vpn.endpoint.received        int     packets of it that came in, ICMP left out
vpn.endpoint.rp_filtered     int     packets that reverse path filtering dropped meanwhile
vpn.endpoint.today           text    what its name resolves to now, where that is another
                                     address
vpn.own_handshake            text    what became of a handshake of our own with its keys:
                                     agrees, secret-differs, busy, silent
vpn.own_handshake.ahead_s    int     seconds that its stamp was ahead of this clock
vpn.clock_ahead_s            int     seconds that time servers are ahead of this clock
vpn.certificates             list    those that are not valid at this clock's time: {whose: text
                                     (server, own, authority), begins: int, ends: int (seconds
                                     since 1970)}
vpn.now                      int     this clock's time then, seconds since 1970
vpn.tailscale.state          text    why it is not up, in its own word: NeedsLogin, Stopped
vpn.tailscale.udp            bool    UDP passes, by its own check
vpn.tailscale.varies         bool    the NAT has another port for each destination
vpn.not_agreed               bool    the two sides have not agreed on keys
vpn.inside.asked             list    hosts inside that were asked
vpn.inside.foreign           list    those of them that the tunnel is not for
vpn.inside.sure              bool    one of them is certain to be there
vpn.inside.send_errors       list    error names of sends that failed: EPERM, ENOKEY
vpn.inside.received          int     answers that reached our sockets
vpn.inside.tap_out           int     probes seen leaving on the tunnel's netdev
vpn.inside.tap_in            int     answers seen arriving there
vpn.inside.rp_filtered       int     packets that reverse path filtering dropped meanwhile
vpn.inside.offenders         list    hosts that sent ICMP errors for the probes
vpn.outer.sent               int     packets to the endpoint meanwhile
vpn.outer.received           int     packets of it that came in meanwhile
vpn.outer.kinds              list    what carried the packets to it: udp, tcp, esp, gre
vpn.outer.received_kinds     list    the same of those that came in
vpn.by_tcp                   bool    TCP carries it, though UDP was to do so
vpn.outer.untaken            bool    of them the tunnel itself counted none
vpn.outer.clear_l2tp         int     packets of L2TP that left without IPsec
vpn.protocol.passes          text    esp or gre, where it reaches the endpoint
vpn.protocol.dropped         text    the same where it is dropped on the way and UDP is not
vpn.xfrm_errors              list    counters of /proc/net/xfrm_stat that grew meanwhile
vpn.outer.size               int     largest packet to the endpoint that passes, bytes
vpn.outer.fits               int     smallest packet to the endpoint that carries vpn.fits
vpn.outer.black_hole         bool    larger ones vanish without a word
vpn.inner.vN.up.size         int     largest packet inside that passes up
vpn.inner.vN.up.black_hole   bool
vpn.inner.vN.echo.size       int     the same there and back
vpn.inner.vN.echo.black_hole bool
vpn.pieces_lost              bool    what this host cuts into fragments is lost, what fits
                                     whole is not
vpn.passes                   int     the smallest of these sizes
vpn.fits                     int     the MTU that the tunnel can have on this path
vpn.sent, vpn.received       int     bytes, by the tunnel's own counters, meanwhile
vpn.dns                      list    {server: text, device: text|null, answered: bool,
                                     by_carrier: bool|null (by the netdev that carries it)}
vpn.past.family              int     an IP family whose default route leads past the tunnel
vpn.past.device              text    the netdev that it leads to
vpn.nat.kept_s               number  longest silence that the NAT's mapping outlived
vpn.nat.lost_s               number  shortest one that it did not
============================ ======= =========================================================
"""

from __future__ import annotations
