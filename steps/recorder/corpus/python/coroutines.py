import asyncio


async def worker(name, times, order):
    for _ in range(times):
        order.append(name)
        await asyncio.sleep(0)
    return name


async def fails(how):
    await asyncio.sleep(0)
    if how:
        raise ValueError(how)
    return "fine"


async def main():
    order = []
    print(await asyncio.gather(worker("a", 3, order), worker("b", 2, order)), order)
    print(await asyncio.gather(fails("one"), fails(""), return_exceptions=True))
    task = asyncio.ensure_future(worker("c", 99, order))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


asyncio.run(main())
