"""
The job in pandas, with strings in Arrow. As in the other peers, what is plainly right by cheap tests of whole columns is done;
the others, few, are looked at with all rules. Money is whole hundredths.
"""

import numpy as np
import pandas as pd
from rules import COLUMNS, MAX_ID_BYTES, MAX_QUANTITY, PAYMENT_TYPES, ROW_COLUMNS, STATUSES

TOTAL_LIMIT = 10**18


def transform(input, file_day, products, customers, with_line=False):
    """Two frames: the accepted rows, if wanted with the line on which each stands, and the rejects with their codes."""
    rows = read_strings(input, COLUMNS)
    if with_line:
        rows["source_line"] = np.arange(2, len(rows) + 2)
    rows["id"], rows["customer"], rows["product"] = (rows[name].str.strip(" \t") for name in COLUMNS[:3])
    rows["payment"] = known(rows["payment_type"], PAYMENT_TYPES)
    rows["state"] = known(rows["status"], STATUSES)
    products = read_strings(products, ["product_id", "product_name", "category", "price", "supplier_id"])
    products = products.rename(columns={"product_id": "product", "price": "list_price"})
    customers = read_strings(customers, ["customer_id", "membership_level"]).rename(columns={"customer_id": "customer"})
    rows = rows.merge(products, on="product", how="left").merge(customers, on="customer", how="left")

    last_day = pd.Timestamp(file_day) + pd.Timedelta(days=1)
    plain = is_plainly_right(rows, last_day)
    others, faults = read_with_care(rows[~plain], last_day)
    good = faults == ""
    accepted = pd.concat([read_plain(rows[plain]), others[good]], ignore_index=True, copy=False)
    rejected = others.loc[~good, COLUMNS].assign(faults=faults[~good])
    return enrich(accepted), rejected


def read_strings(path, columns):
    return pd.read_csv(path, engine="pyarrow", dtype="str", keep_default_na=False, usecols=columns)


def known(values, words):
    """The listed word for each way in which one is written; there are few ways, so that only they are folded."""
    codes, ways = pd.factorize(values)
    listed = {word.lower(): word for word in words}
    folded = ways.str.strip(" \t").str.replace(" +", " ", regex=True).str.lower()
    return pd.Series(pd.Categorical.from_codes(codes, ways), index=values.index).map(dict(zip(ways, folded.map(listed)))).astype("str")


def is_plainly_right(rows, last_day):
    def is_id(name):
        length = rows[name].str.len()
        return (length > 0) & (length <= MAX_ID_BYTES // 4)

    days = pd.Index(rows["transaction_date"].unique())
    right_days = days[read_days(pd.Series(days)).le(last_day)]
    return (
        is_id("id") & is_id("customer") & is_id("product")
        & rows["quantity"].str.fullmatch("[1-9][0-9]{0,5}")
        & rows["price"].str.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?")
        & rows["transaction_date"].isin(right_days)
        & rows["payment"].notna() & rows["state"].notna()
        & rows["list_price"].notna() & rows["membership_level"].notna()
    )


def read_plain(rows):
    return rows.assign(q=rows["quantity"].astype("int64"), cents=to_cents(rows["price"]), day=rows["transaction_date"])


def to_cents(prices):
    """At most ten digits before the point, so that a double holds the hundredths exactly once they are rounded."""
    return (prices.astype("float64") * 100).round().astype("int64")


def read_days(texts):
    written = texts.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}") & ~texts.str.startswith("0000")
    return pd.to_datetime(texts.where(written), format="%Y-%m-%d", errors="coerce")


def read_with_care(rows, last_day):
    quantity, price, date = (rows[name].str.strip(" \t") for name in ["quantity", "price", "transaction_date"])
    is_integer = quantity.str.fullmatch("[+-]?[0-9]+")
    is_positive = is_integer & quantity.str.fullmatch("[+]?0*[1-9][0-9]*")
    digits = quantity.str.lstrip("+0").where(is_positive, "0")
    is_large = is_positive & ((digits.str.len() > 10) | (digits.str.slice(0, 10).astype("int64") > MAX_QUANTITY))
    is_decimal = price.str.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?")
    is_negative = is_decimal & price.str.contains("^-.*[1-9]")
    has_many_decimals = is_decimal & price.str.contains(r"\.[0-9]{3,}$")
    is_dear = is_decimal & price.str.contains("^[+-]?0*[1-9][0-9]{10,}")
    is_price = is_decimal & ~is_negative & ~has_many_decimals & ~is_dear
    days = read_days(date)

    q = digits.where(is_positive & ~is_large, "0").astype("int64")
    cents = to_cents(price.where(is_price, "0"))
    # Above 2^63 the product of 64 bits wraps around; the double beside it tells.
    is_total_large = (q.astype("float64") * cents > 9e18) | (q * cents >= TOTAL_LIMIT)
    ids = {"transaction-id": rows["id"], "customer-id": rows["customer"], "product-id": rows["product"]}
    conditions = {
        **{f"{name}-blank": ids[name] == "" for name in ids},
        **{f"{name}-too-long": too_long(ids[name]) for name in ids},
        "quantity-not-an-integer": ~is_integer,
        "quantity-not-positive": is_integer & ~is_positive,
        "quantity-too-large": is_large,
        "price-not-a-decimal": ~is_decimal,
        "price-negative": is_negative,
        "price-too-many-decimals": has_many_decimals,
        "price-too-large": is_dear,
        "date-not-a-date": days.isna(),
        "date-after-file-day": days > last_day,
        "payment-type-unknown": rows["payment"].isna(),
        "status-unknown": rows["state"].isna(),
        "total-too-large": is_total_large,
        "product-unknown": rows["list_price"].isna() & (rows["product"] != ""),
        "customer-unknown": rows["membership_level"].isna() & (rows["customer"] != ""),
    }
    faults = np.full(len(rows), "", dtype=object)
    for code, condition in conditions.items():
        faults[condition.to_numpy(dtype=bool)] += code + ";"
    return rows.assign(q=q, cents=cents, day=date), pd.Series(faults, index=rows.index)


def too_long(ids):
    return ids.str.encode("utf-8").str.len() > MAX_ID_BYTES


def enrich(rows):
    total = rows["q"] * rows["cents"]
    result = pd.DataFrame({
        "transaction_id": rows["id"], "customer_id": rows["customer"], "product_id": rows["product"],
        "quantity": rows["q"], "price": to_decimal(rows["cents"]), "transaction_date": rows["day"],
        "payment_type": rows["payment"], "status": rows["state"],
        "status_rank": rows["state"].map({status: rank + 1 for rank, status in enumerate(STATUSES)}).astype("int8"),
        "total_amount": to_decimal(total),
        "amount_class": np.select([total < 10_000, total < 50_000], ["Small", "Medium"], "Large"),
    }, copy=False)
    for name in [*ROW_COLUMNS[11:], *rows.columns.intersection(["source_line"])]:
        result[name] = rows[name]
    return result


def to_decimal(cents):
    return (cents // 100).astype("str") + "." + (cents % 100).astype("str").str.zfill(2)
