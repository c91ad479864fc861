"""The job in pandas:  python pandas_transform.py INPUT FILE_DAY PRODUCTS CUSTOMERS OUT"""

import sys

import pyarrow as pa
import pyarrow.csv as csv
from pandas_rows import transform


def write(frame, path):
    """Arrow writes strings that are in Arrow many times as fast as `to_csv`."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    csv.write_csv(table, path, csv.WriteOptions(include_header=False))


*job, out = sys.argv[1:]
accepted, rejected = transform(*job)
write(accepted, f"{out}/rows.csv")
write(rejected, f"{out}/rejects.csv")
