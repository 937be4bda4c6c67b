import asyncio


class Resource:
    async def __aenter__(self):
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *details):
        print("exit", details[0])
        return True


async def lines(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    finally:
        print("closed", n)


async def main():
    print([x async for x in lines(3)])
    async with Resource():
        async for x in lines(2):
            raise ValueError(x)
    it = lines(2)
    print(await it.__anext__())
    await it.aclose()


asyncio.run(main())
