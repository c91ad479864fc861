import { createRules, policyHash } from '../../packages/core/src/index.ts';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';
const ROWS = [
  'T-1,C-1,P-1,2,19.99,2023-03-15,paypal,COMPLETED',
  'T-2,C-1,P-1,0,1.999,2023-02-29,Barter,Lost',
  '"T-3, é 日本 😀",C-1,P-9,2147483647,9999999.99,2023-03-15,Gift  Card,Pending',
  'T-4,C-1',
  `${'x'.repeat(65)},C-1,P-1,1,1,2023-03-15,Cash,Failed`,
];
const PRODUCT = { product_name: 'Kettle', category: 'Kitchen', supplier_id: 'S-1', price: '21.5' };

/** All that embedded rules do, as one text that must be the same in every runtime. */
export async function embedRules(): Promise<string> {
  const rules = createRules({ terminalStatuses: ['Refunded'] });
  const csv = new TextEncoder().encode([HEADER, ...ROWS].join('\n'));
  const rows = [...rules.validateCsv(csv, { fileDay: '2023-03-15' })];
  const facts = rows.flatMap((row) => {
    if (row.kind !== 'valid') return [];
    const { transaction, line } = row;
    const product = transaction.product_id === 'P-1' ? PRODUCT : undefined;
    const enrichment = rules.enrich(transaction, { product, customer: { membership_level: 'Gold' } });
    if (enrichment.kind === 'rejected') return [enrichment.faults];
    const source = { source_key: 'a.csv', source_day: '2023-03-15', source_modified: 5, source_line: line };
    const fact = { ...enrichment.transaction, ...source };
    const refund = { ...fact, status: 'Refunded', status_rank: 5 };
    const later = { ...fact, transaction_date: '2024-01-01', quantity: 3 };
    return [
      rules.decide(undefined, fact),
      rules.decide(fact, later),
      rules.decide(refund, later),
      rules.decide(fact, fact),
    ];
  });
  const told = rows.map((row) => ('record' in row ? { ...row, record: row.record.length } : row));
  return JSON.stringify([told, facts, rules.validate({ quantity: true }), await policyHash(rules.policy)]);
}
