import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** The values of an address, each checked. What is empty was not given, as forms send it. */
export class QueryReader {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  text(name: string): string | undefined {
    return this.#context.req.query(name) || undefined;
  }

  /** @throws HTTPException 400 for what is no calendar day */
  day(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && toDay(Date.parse(`${value}T00:00:00Z`)) === value;
    return isDay ? value : this.#refuse(name, 'a day such as 2023-03-15');
  }

  /** @throws HTTPException 400 for another value than one of these */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return values.find((known) => known === value) ?? this.#refuse(name, `one of ${values.join(', ')}`);
  }

  /** @throws HTTPException 400 for what is no whole number */
  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return /^-?\d{1,15}$/.test(value) ? Number(value) : this.#refuse(name, 'a whole number');
  }

  #refuse(name: string, wanted: string): never {
    throw new HTTPException(400, { message: `"${name}" in the address must be ${wanted}.` });
  }
}

function toDay(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString().slice(0, 10);
}
