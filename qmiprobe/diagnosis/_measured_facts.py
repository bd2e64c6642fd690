# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts of `link` about the NAT, about what passes, and about how good the link is.

A *passage* is {name: text, arrived: bool, dropped: bool, after: int|null (last hop that had it),
before: int|null (first hop that provenly had not), by: text|null (who rejected it), forged: bool
(by a reset in the host's name)}.

================================ ======= =====================================================
name                             type    meaning
================================ ======= =====================================================
link.reflector.error             text    why there is no session with the reflector
link.nat.vN.mapped               text    whom STUN servers see; *personal*
link.nat.vN.translated           bool    that is another address than the session's own
link.nat.vN.shared               bool    the own address is of 100.64.0.0/10 (RFC 6598)
link.nat.vN.keeps_port           bool    the world sees the port that was bound here
link.nat.vN.mapping              text    on what the port depends that the world sees:
                                         endpoint-independent, address-dependent,
                                         address-and-port-dependent (RFC 4787)
link.nat.vN.filtering            text    whom it lets in, the same three
link.nat_lifetime.unreplied.at_least_s number longest silence after one packet that a mapping
                                         outlived
link.nat_lifetime.unreplied.below_s number shortest that it did not; absent: it outlived all
link.nat_lifetime.unreplied.end  text    silence
link.nat_lifetime.replied.at_least_s number the same after packets both ways
link.nat_lifetime.replied.below_s number
link.nat_lifetime.replied.end    text
link.tcp_idle.at_least_s         number  the same of a TCP connection
link.tcp_idle.below_s            number
link.tcp_idle.end                text    silence or reset
link.shapes                      list    packets that look like a VPN's: {name: text, sent: int,
                                         answered: int, random: int (of as many random ones),
                                         filtered: bool}
link.shapes.killed_after         int     packets after which a flow goes silent
link.pmtu_up.vN.unheard          bool    a router says "too big", which comes in on the netdev
                                         and reaches no socket
link.pmtu_down.vN.eaten          bool    larger packets come in on the netdev, and reach no
                                         socket
link.pmtu_down.refused           int     packets that the driver could not take during
                                         link.pmtu-down
link.checksum_errors             int     packets with a wrong checksum that came during a check
                                         which failed
link.fragments.vN.up             bool    packets in fragments arrive at a host
link.fragments.vN.down           bool    those of a host arrive here
link.sizes.vN.tried              list    sizes of packets that were sent, bytes
link.sizes.vN.holes              list    those that vanish while larger ones pass
link.protocols.vN                list    passages of esp, gre and a protocol without use (other)
link.ports.vN                    list    passages of ports: udp 500, tcp 443
link.marks.vN.passed             list    marks with which packets pass: ttl 63, ect0, ef
link.marks.vN.dropped            list    marks for which they are dropped
link.marks.vN.changed            list    {mark: text, hop: int, by: text (the router that
                                         quotes it), sent: int, seen: int (TOS bytes)}
link.tcp_options.vN.mss          int     MSS of the SYN that left
link.tcp_options.vN.returned_mss int     MSS of the SYN-ACK that came in
link.tcp_options.vN.rewritten_mss int    what a router saw in its place
link.tcp_options.vN.stripped     list    options that left and did not come to a router
link.tcp_options.vN.answered_at  int     TTL that ends at a router and was answered all the same
link.rtt.vN.sent                 int     small packets at a steady pace
link.rtt.vN.lost                 int     those that nothing came back of
link.rtt.vN.rationed             bool    the host leaves pings out, but no DNS questions get lost
link.rtt.vN.loss                 list    share of loss, 95 % interval: lowest and highest
link.rtt.vN.longest_burst        int     most of them lost one after another
link.rtt.vN.late                 int     answers after that to a packet that was sent later
link.rtt.vN.duplicates           int     answers that came twice
link.rtt.vN.times_ms             list    of each packet, null where nothing came back
link.rtt.vN.interval_ms          number  between sending one and the next
link.rtt.vN.median_ms            number
link.rtt.vN.p95_ms               number
link.rtt.vN.p99_ms               number
link.rtt.vN.jitter_ms            number  mean difference between neighbours (RFC 3393)
link.each_way.vN.up_sent         int     small packets to the reflector
link.each_way.vN.up_lost         int     those that did not come there
link.each_way.vN.up_loss         list    their share, 95 % interval: lowest and highest
link.each_way.vN.up_jitter_ms    number  one way's delay: mean difference between neighbours
link.each_way.vN.up_spread_ms    number  what 95 of 100 are late at most, above the quickest
link.each_way.vN.down_sent       int     answers of the reflector, and the same of them
link.each_way.vN.down_lost       int
link.each_way.vN.down_loss       list
link.each_way.vN.down_jitter_ms  number
link.each_way.vN.down_spread_ms  number
link.idle.seconds                number  how long nothing was sent
link.idle.first_ms               number  round trip of the first packet after that
link.idle.later_ms               number  of those after it
link.idle.wake_ms                number  the difference
link.load.way                    text    what the load was made of: http, reflector-tcp
link.load.bytes                  int     bytes that it took
link.load.capped                 bool    the bytes that are allowed were used up before the time
link.load.policed                list    ways in which packets are dropped above a low rate
link.load.down_mbit              number  Mbit/s toward this host
link.load.up_mbit                number  Mbit/s from it
link.load.idle_ms                number  median round trip before
link.load.down_ms                number  the same meanwhile
link.load.up_ms                  number
link.load.down_loss              number  share of small packets lost meanwhile
link.load.down_burst_loss        number  share of large packets at once that are lost
link.load.up_burst_loss          number
link.load.down_gaps              number  share of TCP segments that came after a missing one
link.load.up_gaps                number
link.load.up_loss                number
================================ ======= =====================================================
"""
