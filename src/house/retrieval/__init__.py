import os

# Before numpy is loaded. A search multiplies matrices too small to share among cores, and a web
# worker answers several at once: more threads for each only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
