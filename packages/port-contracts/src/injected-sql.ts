/** Texts that end a literal, a name or a parameter too early wherever they were pasted into SQL, and then do harm. */
export const INJECTED_SQL: readonly string[] = [
  `'; DROP TABLE fact_transactions; --`,
  `'); DELETE FROM ingest_run; --`,
  `" ; DROP TABLE ingest_file; --`,
  `\\'; DROP TABLE ingest_reject; --`,
  `' || (SELECT 1/0) || '`,
  `' OR '1'='1`,
  `x' UNION SELECT NULL; --`,
  `$$; DROP TABLE dim_products; $$`,
  `$1; :name; ?; %s`,
  `'/**/;COMMIT;/*`,
  `\\.\n'; DROP TABLE dim_customers; --`,
  `IAM_ROLE 'arn' --`,
];

/** Short enough for a word of a policy, and without a control character. */
export const INJECTED_WORDS: readonly string[] = [
  `'; DROP TABLE ingest_run; --`,
  `\\'; COMMIT; --`,
  `" || $$ :a $1 ?`,
  `Won't \\ pay`,
];
