"""
The job in pandas, on into Postgres:  python pandas_load.py INPUT FILE_DAY PRODUCTS CUSTOMERS OUT DATABASE_URL

COPY into a temporary stage and one MERGE, which is the fast way; `to_sql` takes several times as long. Rejects go to a file.
"""

import pathlib
import sys

import psycopg
import pyarrow as pa
import pyarrow.csv as csv
from pandas_rows import transform
from rules import ROW_COLUMNS

ROWS_A_BLOCK = 65_536
folder = pathlib.Path(__file__).parent
*job, out, database = sys.argv[1:]

accepted, rejected = transform(*job, with_line=True)
rejected.to_csv(f"{out}/rejects.csv", header=False, index=False)
table = pa.Table.from_pandas(accepted, preserve_index=False)
with psycopg.connect(database) as connection, connection.cursor() as cursor:
    cursor.execute((folder / "stage.sql").read_text())
    with cursor.copy(f"COPY stage ({', '.join(ROW_COLUMNS)}, source_line) FROM STDIN (FORMAT csv)") as copy:
        for block in table.to_batches(max_chunksize=ROWS_A_BLOCK):
            buffer = pa.BufferOutputStream()
            csv.write_csv(block, buffer, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
            copy.write(buffer.getvalue().to_pybytes())
    cursor.execute("ANALYZE stage (transaction_id)")
    cursor.execute("SET LOCAL enable_hashjoin = off")
    cursor.execute((folder / "merge.sql").read_text())
