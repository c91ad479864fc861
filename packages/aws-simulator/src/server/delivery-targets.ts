/** What services of the simulator can send to, by its ARN: queues, functions, topics. */
export interface DeliveryTargets {
  /** Whether there is such a target; not whether it is of a kind that is simulated, see `send`. */
  has(arn: string): boolean;
  /**
   * Hands over and returns: what becomes of it is the target's business.
   *
   * @throws ServiceFault where there is no such target
   */
  send(arn: string, payload: string): void;
}
