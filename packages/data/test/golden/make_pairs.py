"""A table of pairs as pyarrow writes it: python make_pairs.py, writes pairs.parquet beside itself."""
import os
import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table({"image": ["a.png", "sub/b.png"], "captions": [["one", "two"], ["three"]], "concept": ["number", "number"]})
pq.write_table(table, os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.parquet"))
