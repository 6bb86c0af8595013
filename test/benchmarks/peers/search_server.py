"""FAISS's flat index on request, for runs that alternate with another program: the counterpart of ../pairs/searchServer.ts.

    python search_server.py VECTORS.npy ROWS

A line `SIZE FROM` searches the queries (the vectors behind the first ROWS) from FROM on, SIZE at a time, as often as our side does, and
answers {"ms": for each search}; `find COUNT` answers {"scores": the ten cosines of each of the first COUNT queries}. All cores, as FAISS does by itself.
The first line that it prints is {"faiss": version}."""
import json, os, sys, time
os.environ.pop("OPENBLAS_CORETYPE", None)
import numpy as np
import faiss
rows = int(sys.argv[2]); vectors = np.load(sys.argv[1], mmap_mode="r")
gallery, queries = np.array(vectors[:rows]), np.array(vectors[rows:])
faiss.normalize_L2(gallery); faiss.normalize_L2(queries)
index = faiss.IndexFlatIP(gallery.shape[1]); index.add(gallery); del gallery
say = lambda **line: print(json.dumps(line), flush=True)
say(faiss=faiss.__version__)
for line in sys.stdin:
    first, second = line.split()
    if first == "find":
        say(scores=index.search(queries[:int(second)], 10)[0].ravel().tolist())
        continue
    size, start = int(first), int(second); turns = max(1, 8 // size)
    begin = time.perf_counter()
    for turn in range(turns): index.search(queries[start + turn * size:start + (turn + 1) * size], 10)
    say(ms=(time.perf_counter() - begin) * 1e3 / turns)
