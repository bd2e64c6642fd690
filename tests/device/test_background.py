# SPDX-License-Identifier: GPL-2.0-or-later
"""Tasks beside a block: alive until it is over, and no group around a single error."""

from __future__ import annotations

import pytest
import trio

from qmiprobe.device._background import background

pytestmark = pytest.mark.autojump


class Own(Exception):
    """Raised by the block."""


class Theirs(Exception):
    """Raised by a task."""


async def _crash(seconds: float) -> None:
    await trio.sleep(seconds)
    raise Theirs


async def test_tasks_end_with_the_block():
    async with background() as beside:
        beside.start_soon(trio.sleep_forever)
        await trio.sleep(1)
    assert trio.current_time() == 1


async def test_the_blocks_error_leaves_bare():
    async def use() -> None:
        async with background() as beside:
            beside.start_soon(trio.sleep_forever)
            raise Own

    with pytest.raises(Own):
        await use()


async def test_the_blocks_own_group_leaves_as_it_is():
    group = ExceptionGroup("own", [Own()])
    with pytest.raises(ExceptionGroup) as got:
        async with background():
            raise group
    assert got.value is group


async def test_a_tasks_error_ends_the_block_and_leaves_bare():
    async def use() -> None:
        async with background() as beside:
            beside.start_soon(_crash, 1)
            await trio.sleep_forever()

    with pytest.raises(Theirs):
        await use()
    assert trio.current_time() == 1


async def test_where_both_fail_both_are_told():
    async def use() -> None:
        async with background() as beside:
            beside.start_soon(_crash, 1)
            try:
                await trio.sleep_forever()
            finally:
                raise Own

    with pytest.raises(BaseExceptionGroup) as got:
        await use()
    assert {type(error) for error in got.value.exceptions} == {Own, Theirs}


async def test_tasks_still_run_while_a_cancelled_block_gives_back():
    heard = []

    async def reader() -> None:
        while True:
            await trio.sleep(1)
            heard.append(trio.current_time())

    with trio.move_on_after(2.5) as scope:
        async with background() as beside:
            beside.start_soon(reader)
            try:
                await trio.sleep_forever()
            finally:
                with trio.CancelScope(shield=True):
                    await trio.sleep(2)
    assert scope.cancelled_caught
    assert heard == [1, 2, 3, 4]


async def test_an_error_on_the_way_out_of_a_cancelled_block_is_not_lost():
    async def use() -> None:
        async with background():
            try:
                await trio.sleep_forever()
            finally:
                raise Own

    with pytest.raises(Own), trio.move_on_after(1):
        await use()


async def test_a_block_that_was_cancelled_before_it_began_leaves_nothing():
    with trio.CancelScope() as scope:
        scope.cancel()
        async with background() as beside:
            beside.start_soon(trio.sleep_forever)
            await trio.sleep(1)
            pytest.fail("it was cancelled before it began")
    assert scope.cancelled_caught
    assert trio.current_time() == 0
