-- One statement from the stage to the facts: of doubled ids the greatest version, and only what is newer than what is stored.
-- It runs with hash joins off: rows that come in the order of the key make a merge join, and insert in index order.
MERGE INTO fact_transactions f
USING (
  SELECT DISTINCT ON (transaction_id) *, DATE '2023-03-16' AS source_day
  FROM stage
  ORDER BY transaction_id, transaction_date DESC, status_rank DESC, source_line DESC
) s
ON f.transaction_id = s.transaction_id
WHEN MATCHED AND (s.transaction_date, s.status_rank, s.source_day, s.source_line)
  > (f.transaction_date, f.status_rank, f.source_day, f.source_line) THEN UPDATE SET
  customer_id = s.customer_id, product_id = s.product_id, quantity = s.quantity, price = s.price,
  transaction_date = s.transaction_date, payment_type = s.payment_type, status = s.status, status_rank = s.status_rank,
  total_amount = s.total_amount, amount_class = s.amount_class, product_name = s.product_name, category = s.category,
  supplier_id = s.supplier_id, list_price = s.list_price, membership_level = s.membership_level,
  source_key = 'floor', source_day = s.source_day, source_modified = now(), source_line = s.source_line, run_id = 'floor',
  updated_at = now()
WHEN NOT MATCHED THEN INSERT (transaction_id, customer_id, product_id, quantity, price, transaction_date, payment_type,
  status, status_rank, total_amount, amount_class, product_name, category, supplier_id, list_price, membership_level,
  source_key, source_day, source_modified, source_line, run_id, first_loaded_at, updated_at)
VALUES (s.transaction_id, s.customer_id, s.product_id, s.quantity, s.price, s.transaction_date, s.payment_type,
  s.status, s.status_rank, s.total_amount, s.amount_class, s.product_name, s.category, s.supplier_id, s.list_price,
  s.membership_level, 'floor', s.source_day, now(), s.source_line, 'floor', now(), now())
