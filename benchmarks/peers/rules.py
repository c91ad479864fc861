"""What the peers in Python share: the names of docs/rules.md."""

COLUMNS = [
    "transaction_id", "customer_id", "product_id", "quantity", "price", "transaction_date", "payment_type", "status",
]
PAYMENT_TYPES = ["Credit Card", "Debit Card", "PayPal", "Bank Transfer", "Gift Card", "Cash"]
# Lowest rank first; the first has rank 1.
STATUSES = ["Pending", "Failed", "Completed", "Cancelled", "Refunded"]
MAX_QUANTITY = 2_147_483_647
MAX_ID_BYTES = 64
# What an accepted row holds, in this order.
ROW_COLUMNS = [
    "transaction_id", "customer_id", "product_id", "quantity", "price", "transaction_date", "payment_type", "status",
    "status_rank", "total_amount", "amount_class", "product_name", "category", "supplier_id", "list_price",
    "membership_level",
]
