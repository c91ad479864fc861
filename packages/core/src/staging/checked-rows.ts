/** What the rules read of the rows of one batch, in columns. */
export class CheckedRows {
  readonly faults: Int32Array;
  readonly quantity: Int32Array;
  readonly price: Float64Array;
  readonly total: Float64Array;
  readonly paymentType: Int32Array;
  readonly status: Int32Array;
  readonly amountClass: Int32Array;
  readonly productHash: Int32Array;
  readonly customerHash: Int32Array;

  constructor(capacity: number) {
    this.faults = new Int32Array(capacity);
    this.quantity = new Int32Array(capacity);
    this.price = new Float64Array(capacity);
    this.total = new Float64Array(capacity);
    this.paymentType = new Int32Array(capacity);
    this.status = new Int32Array(capacity);
    this.amountClass = new Int32Array(capacity);
    this.productHash = new Int32Array(capacity);
    this.customerHash = new Int32Array(capacity);
  }
}
