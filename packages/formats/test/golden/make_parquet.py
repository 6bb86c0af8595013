"""Writes vectors.parquet with PyPI pyarrow 26.0.1: a string and a list of float, as other programs save embeddings."""

import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

vectors = pa.array([[1.5, -0.1], [0.0, 3e38], [2.0, 1e-45]], type=pa.list_(pa.float32()))
table = pa.table({"path": ["a.png", "图/b.png", "c.png"], "label": [1, 2, 3], "vector": vectors})
pq.write_table(table, pathlib.Path(__file__).parent / "vectors.parquet", row_group_size=2)
