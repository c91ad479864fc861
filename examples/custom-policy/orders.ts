import { createRules } from '@weir/core';

/** A shop of its own kind: other statuses, other ways to pay, and classes by which it picks a carrier. */
export const orders = createRules({
  statuses: ['Draft', 'Placed', 'Shipped', 'Returned', 'Closed'],
  terminalStatuses: ['Closed'],
  paymentTypes: ['Invoice', 'Card'],
  amountClasses: [{ name: 'Letter', below: '20.00' }, { name: 'Parcel', below: '250.00' }, { name: 'Pallet' }],
});

/** Each class must be in here, and no other: the compiler knows them from the policy. */
const CARRIERS: Record<ReturnType<typeof orders.classifyAmount>, string> = {
  Letter: 'post',
  Parcel: 'courier',
  Pallet: 'haulier',
};

/** Who carries an order; undefined where it breaks a rule, or is not placed yet. */
export function pickCarrier(order: unknown): string | undefined {
  const validation = orders.validate(order);
  if (validation.kind !== 'valid') return undefined;
  const { status, amount_class } = validation.transaction;
  return status === 'Placed' ? CARRIERS[amount_class] : undefined;
}
