import atexit

atexit.register(lambda: print("at exit"))
raise SystemExit("a text on stderr")
