"""
The job in native PySpark:

    python pyspark_transform.py INPUT FILE_DAY PRODUCTS CUSTOMERS OUT [--master local[2]] [--conf key=value ...]

DataFrames only, no Python function sees a row. Both outputs come out of one pass: caching the checked rows and writing twice took
longer, and so did joining the customers without a broadcast.
"""

import argparse
import os
from functools import reduce
from operator import and_

from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from rules import COLUMNS, MAX_ID_BYTES, MAX_QUANTITY, PAYMENT_TYPES, ROW_COLUMNS, STATUSES


def main():
    parser = argparse.ArgumentParser()
    for name in ["input", "file_day", "products", "customers", "out"]:
        parser.add_argument(name)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--conf", action="append", default=[])
    args = parser.parse_args()

    spark = start(args.master, args.conf)
    write(check(read_values(join(spark, args)), args.file_day), args.out)
    spark.stop()


def start(master, settings):
    # A task writes both kinds at once; else it would sort its rows by kind.
    builder = SparkSession.builder.master(master).config("spark.sql.maxConcurrentOutputFileWriters", 2)
    # HotSpot does not compile methods that are longer than this.
    builder = builder.config("spark.sql.codegen.hugeMethodLimit", 8000).config("spark.ui.enabled", "false")
    for setting in settings:
        builder = builder.config(*setting.split("=", 1))
    return builder.getOrCreate()


def join(spark, args):
    rows = read_csv(spark, args.input, COLUMNS).select(
        "*", strip("transaction_id").alias("id"), strip("customer_id").alias("customer"), strip("product_id").alias("product")
    )
    products = read_csv(spark, args.products, ["product_id", "product_name", "category", "price", "supplier_id"]).select(
        f.col("product_id").alias("product"), "product_name", "category", "supplier_id", f.col("price").alias("list_price")
    )
    customers = read_csv(spark, args.customers, ["customer_id", "first_name", "last_name", "email", "membership_level"])
    customers = customers.select(f.col("customer_id").alias("customer"), "membership_level")
    return rows.join(f.broadcast(products), "product", "left").join(f.broadcast(customers), "customer", "left")


def strip(name):
    return f.expr(f"trim(BOTH ' \\t' FROM {name})")


def read_csv(spark, path, columns):
    schema = ", ".join(f"{name} STRING" for name in columns)
    return spark.read.schema(schema).csv(path, header=True, quote='"', escape='"', emptyValue="", nullValue="\0").na.fill("")


def read_values(rows):
    plain = f.col("is_plain")
    return (
        rows.withColumn("payment", known("payment_type", PAYMENT_TYPES))
        .withColumn("state", known("status", STATUSES))
        .withColumn("is_plain", is_plainly_right())
        .withColumn("qt", strip("quantity")).withColumn("pt", strip("price")).withColumn("dt", strip("transaction_date"))
        .withColumn("q", f.when(plain | f.col("qt").rlike("^[+-]?[0-9]+$"), f.col("qt").cast("long")))
        .withColumn("p", f.when(plain | f.col("pt").rlike(r"^[+-]?[0-9]+(\.[0-9]{1,2})?$"), f.col("pt").cast("decimal(12,2)")))
        .withColumn("d", f.when(plain | f.col("dt").rlike(DATE), f.to_date("dt", "yyyy-MM-dd")))
    )


# There is no year 0000.
DATE = "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def is_plainly_right():
    """Whether the numbers and ids need no further look: most rows, for one test where there are ten for the others."""
    tests = [f.length(name).between(1, MAX_ID_BYTES // 4) for name in ["id", "customer", "product"]]
    tests.append(f.col("quantity").rlike("^[1-9][0-9]{0,5}$"))
    tests.append(f.col("price").rlike(r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))
    tests.append(f.col("transaction_date").rlike(DATE))
    return reduce(and_, tests)


def known(name, words):
    folded = f.lower(f.regexp_replace(strip(name), " +", " "))
    listed = f.create_map(*(f.lit(text) for word in words for text in (word.lower(), word)))
    return f.when(f.col(name).isin(words), f.col(name)).otherwise(listed[folded])


def check(rows, file_day):
    is_good = (f.col("q") > 0) & (f.col("q") <= MAX_QUANTITY) & (f.col("p") >= 0)
    total = f.col("q").cast("decimal(10,0)") * f.col("p")
    is_integer, is_decimal, price = f.col("qt").rlike("^[+-]?[0-9]+$"), f.col("pt").rlike(r"^[+-]?[0-9]+(\.[0-9]+)?$"), f.col("pt")
    ids = {"transaction-id": "id", "customer-id": "customer", "product-id": "product"}
    careful = {
        **{f"{name}-blank": f.col(column) == "" for name, column in ids.items()},
        **{f"{name}-too-long": f.octet_length(column) > MAX_ID_BYTES for name, column in ids.items()},
        "quantity-not-an-integer": ~is_integer,
        "quantity-not-positive": is_integer & f.col("qt").rlike(r"^-|^\+?0+$"),
        "quantity-too-large": is_integer & ~f.col("qt").rlike("^-") & (f.col("q").isNull() | (f.col("q") > MAX_QUANTITY)),
        "price-not-a-decimal": ~is_decimal,
        "price-negative": is_decimal & price.rlike("^-.*[1-9]"),
        "price-too-many-decimals": is_decimal & price.rlike(r"\.[0-9]{3,}$"),
        "price-too-large": is_decimal & price.rlike("^[+-]?0*[1-9][0-9]{10,}"),
        "total-too-large": is_good & (total >= 10**16),
    }
    common = {
        "date-not-a-date": f.col("d").isNull(),
        "date-after-file-day": f.col("d") > f.date_add(f.lit(file_day).cast("date"), 1),
        "payment-type-unknown": f.col("payment").isNull(),
        "status-unknown": f.col("state").isNull(),
        "product-unknown": f.col("list_price").isNull() & (f.col("product") != ""),
        "customer-unknown": f.col("membership_level").isNull() & (f.col("customer") != ""),
    }
    faults = f.concat_ws(";", f.when(~f.col("is_plain"), codes(careful)), codes(common))
    return rows.select(*COLUMNS, *KEPT, total.alias("total"), faults.alias("faults"))


def codes(conditions):
    """NULL where there is none, which `concat_ws` passes over."""
    return f.nullif(f.concat_ws(";", *(f.when(condition, code) for code, condition in conditions.items())), f.lit(""))


KEPT = ["id", "customer", "product", "q", "p", "d", "payment", "state", *ROW_COLUMNS[11:]]


def accepted():
    total = f.col("total").cast("decimal(18,2)")
    rank = f.create_map(*(f.lit(part) for rank, status in enumerate(STATUSES) for part in (status, rank + 1)))
    size = f.when(total < 100, "Small").when(total < 500, "Medium").otherwise("Large")
    return f.struct(
        "id", "customer", "product", "q", "p", "d", "payment", "state", rank[f.col("state")].alias("rank"), total.alias("total"),
        size.alias("size"), *ROW_COLUMNS[11:]
    )


def write(checked, out):
    """Each row as one line of CSV, in the folder of its kind."""
    is_good = f.col("faults") == ""
    options = {"quote": '"', "escape": '"', "emptyValue": "", "ignoreLeadingWhiteSpace": "false", "ignoreTrailingWhiteSpace": "false"}
    line = f.when(is_good, f.to_csv(accepted(), options)).otherwise(f.to_csv(f.struct(*COLUMNS, "faults"), options))
    lines = checked.select(line.alias("line"), f.when(is_good, "rows").otherwise("rejects").alias("kind"))
    lines.write.mode("overwrite").partitionBy("kind").text(out)
    for kind in ["rows", "rejects"]:
        os.rename(f"{out}/kind={kind}", f"{out}/{kind}")


main()
