/** The listed spellings; the index is the rank. */
export const statuses = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'] as const;

export const PENDING = 0;
export const FAILED = 1;
export const COMPLETED = 2;
export const CANCELLED = 3;
export const REFUNDED = 4;

export const paymentTypes = ['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash'] as const;
