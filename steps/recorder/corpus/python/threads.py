import threading

results = {}
lock = threading.Lock()


def square(n):
    result = n * n
    with lock:
        results[n] = result


threads = [threading.Thread(target=square, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results.items()), threading.active_count())
