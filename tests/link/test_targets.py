# SPDX-License-Identifier: GPL-2.0-or-later
"""The hosts that link checks ask: the list that ships, and a user's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe.bearer import IPAddress
from qmiprobe.errors import AddressError
from qmiprobe.link import default_targets, load_targets, with_addresses
from tests.netns import run_in_netns

from .bed import network

GOOD = """
name = "mine"
existing-name = "a.example"
missing-name = "b.example"
echo = ["192.0.2.1", "2001:db8::1"]
tcp = [["192.0.2.1", 443]]
[[http]]
host = "c.example"
path = "/empty"
addresses = ["192.0.2.2"]
[[large]]
host = "d.example"
path = "/large"
port = 8080
"""


def test_the_list_that_ships_has_hosts_of_both_families() -> None:
    targets = default_targets()
    assert {address.version for address in targets.echo} == {4, 6}
    assert {address.version for address, _ in targets.tcp} == {4, 6}
    assert {page.status for page in targets.http} == {204}
    assert targets.large
    assert targets.missing_name != targets.existing_name


def test_a_file_replaces_the_list_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text(GOOD)
    targets = load_targets(str(file))
    assert (targets.name, len(targets.echo), targets.tcp[0][1]) == ("mine", 2, 443)
    assert [(page.host, page.status, page.port) for page in targets.http + targets.large] == [
        ("c.example", 204, 80),
        ("d.example", 200, 8080),
    ]


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('existing-name = "a.example"', "", "'existing-name' is missing"),
        ('"192.0.2.1", "2001', '"192.0.2.999", "2001', "192.0.2.999"),
        ("[[http]]", "[[http", "not a TOML file"),
        ('echo = ["192.0.2.1", "2001:db8::1"]', 'echo = "x"', "echo is a list"),
        ('host = "c.example"', "", "'host' is missing"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_place(
    tmp_path: Path, before: str, after: str, named: str
) -> None:
    file = tmp_path / "targets.toml"
    assert before in GOOD
    file.write_text(GOOD.replace(before, after, 1))
    with pytest.raises(AddressError, match=r"targets\.toml") as caught:
        load_targets(str(file))
    assert named in str(caught.value)


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(AddressError, match="No such file"):
        load_targets("/nonexistent/targets.toml")


async def _addresses_of_the_large_page() -> set[IPAddress]:
    async with network() as bed:
        nameless = tuple(replace(page, addresses=()) for page in bed.targets.large)
        found = await with_addresses(bed.bearer, replace(bed.targets, large=nameless))
        return {address for page in found.large for address in page.addresses}


@pytest.mark.needs("netns", "tun")
def test_a_page_that_has_a_name_only_is_resolved_through_the_netdev() -> None:
    found = run_in_netns(_addresses_of_the_large_page)
    assert {str(address) for address in found} == {"203.0.113.80", "2001:db8:80::80"}
