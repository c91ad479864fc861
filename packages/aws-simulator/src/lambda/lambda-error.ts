/** How an invocation failed, as Lambda tells it. */
export class LambdaError extends Error {
  /** The name of the error that the handler threw, or `Sandbox.Timedout`, `Runtime.ExitError`. */
  override readonly name: string;
  readonly trace: readonly string[];

  constructor(errorType: string, message: string, trace: readonly string[] = []) {
    super(message);
    this.name = errorType;
    this.trace = trace;
  }
}
