import type { Delivery } from '../model/delivery.ts';

/** One way in which deliveries and the products and customers of their rows may come about. */
export interface LateSchedule {
  /** No two alike in key and content, nor in key and time. */
  readonly deliveries: readonly Delivery[];
  /** Each delivery and each product and customer once, in the order in which they come. */
  readonly steps: readonly LateStep[];
  /** The most rejects that one run of a replay takes. */
  readonly rejectsARun: number;
}

export interface LateStep {
  readonly comes: 'delivery' | 'product' | 'customer';
  /** Its place among those of its kind. */
  readonly place: number;
  /** Whether a run takes what landed then, and whether open rejects are read again. */
  readonly run: boolean;
  readonly replay: boolean;
}
