declare module 'istanbul-lib-instrument' {
  interface InstrumenterOptions {
    readonly esModules?: boolean;
    readonly compact?: boolean;
    /** Name of the global object that holds the counters. */
    readonly coverageVariable?: string;
  }

  export function createInstrumenter(options?: InstrumenterOptions): {
    instrumentSync(code: string, filename: string): string;
  };
}
