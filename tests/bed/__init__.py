# SPDX-License-Identifier: GPL-2.0-or-later
"""The test bed of the data path: four network namespaces, real kernels' routers, named faults.

::

    client          carrier              net            server
    wwan0 --------- ue     ul ---------- dn   sg ------ eth0
    10.64.0.2       .1     192.0.2.1     .2   .1        203.0.113.10, .11
    2001:db8:1::2   ::1    2001:db8:2::1 ::2  :3::1     2001:db8:3::10, ::11

The test's own process is the client; each other place is a thread of it. The carrier hides IPv4
behind its address (nftables), and runs the DNS servers that "the network gave". With a ``Radio``
in the recipe, wwan0 and ue are TUN netdevs and a relay between them delays, loses and reorders.

A fault is a :class:`~tests.bed.recipe.Recipe`: data, commands by place. All of them stand in
``tests/bed/recipes_*.py``; :func:`~tests.bed.recipe.all_recipes` gives them. How to use the bed::

    def test_it():
        async def body() -> int | None:
            async with bed(RECIPE) as built:
                facts = await measure(built.bearer, targets=built.targets)
                ...
        run_in_netns(body)

or let :func:`~tests.bed.climbs.climbs` run the ladder of ``link`` over many recipes at once.
"""
