export const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

export const PRODUCTS = 'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n';
export const CUSTOMERS = 'customer_id,first_name,last_name,email,membership_level\nC1,Ada,Byron,ada@example.org,Gold\n';

/** Good rows with ids of their own. */
export function transactions(prefix: string, count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `${prefix}-${i},C1,P1,2,4.50,2023-03-15,Cash,Completed`);
  return `${[HEADER, ...rows].join('\n')}\n`;
}

/** The path of a day's file below a landing folder. */
export function dayFile(name: string): string {
  return `transactions/year=2023/month=03/day=15/${name}`;
}
