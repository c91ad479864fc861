-- Types and collations of the fact table.
CREATE TEMPORARY TABLE stage ON COMMIT DROP AS
SELECT 0 AS file_no, source_line, transaction_id, customer_id, product_id, quantity, price, transaction_date, payment_type,
  status, status_rank, total_amount, amount_class, product_name, category, supplier_id, list_price, membership_level
FROM fact_transactions
WITH NO DATA
