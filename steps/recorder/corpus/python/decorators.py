import functools


def traced(prefix):
    def wrap(function):
        @functools.wraps(function)
        def call(*args, **named):
            print(prefix, function.__name__)
            return function(*args, **named)

        return call

    return wrap


@traced("calls")
def add(a, b=1):
    """Adds."""
    return a + b


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(add(1), add.__doc__, fib(20), fib.cache_info().hits)
