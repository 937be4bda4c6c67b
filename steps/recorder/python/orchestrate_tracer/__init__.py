"""Records what a Python program does, for the recorder of Orchestrate. It needs nothing but Python 3.8 or newer."""
