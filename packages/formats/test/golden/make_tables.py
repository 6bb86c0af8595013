"""Writes table.csv with Python's csv module, and table.parquet with PyPI pyarrow 26.0.1, a codec a column: the same rows in both."""

import csv
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = [
    ("plain", "text", 0.5),
    ('a "quoted" word', "comma, here", 1.0),
    ("two\nlines", "", 2.25),
    ("中文，图", "😀 tab\there", -3.0),
    ('"', ' " , ', 1e-9),
]
here = pathlib.Path(__file__).parent

with open(here / "table.csv", "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("left", "right", "score"))
    writer.writerows(ROWS)

left, right, score = zip(*ROWS)
table = pa.table({"left": left, "right": right, "score": score})
codecs = {"left": "GZIP", "right": "BROTLI", "score": "SNAPPY"}
pq.write_table(table, here / "table.parquet", compression=codecs, row_group_size=2)
