import type { DeliveryToRead, LandedFile, Policy, ReadDelivery, Stage, Transformed, Transformer } from '@weir/core';
import { decodeStagedLines, parsePolicy, STAGED_REJECT_COLUMNS, STAGED_ROW_COLUMNS } from '@weir/core';

/** A transformer whose dimensions are the product `P-1` (Kettle, listed at 21.50) and the customer `C-1` (Gold). */
export interface TransformerSubject {
  readonly transformer: Transformer;
  /** Lands a file as a shop does. */
  put(key: string, content: string | Uint8Array): Promise<LandedFile>;
  /** Takes a landed file away, so that it can no longer be read. */
  remove(file: LandedFile): Promise<void>;
  /** Leaves the transformer without any product and customer. */
  emptyDimensions(): Promise<void>;
  /** What lies in a stage that was given out and is not closed yet. */
  readStage(stage: Stage): Promise<StagedText>;
  /** How many stages were opened and not closed since. */
  openStages(): Promise<number>;
  /** From now on nothing can be staged. */
  breakStaging(): Promise<void>;
}

/** Whole lines of staged text, in any order. */
export interface StagedText {
  readonly rows: Uint8Array;
  readonly rejects: Uint8Array;
}

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status';

/** A row that is good under the default policy. */
export function row(id: string, rest: { quantity?: number | string; product?: string; status?: string } = {}): string {
  const { quantity = 1, product = 'P-1', status = 'Completed' } = rest;
  return `${id},C-1,${product},${quantity},9.99,2023-03-15,Cash,${status}`;
}

export function csv(...rows: readonly string[]): string {
  return [HEADER, ...rows, ''].join('\n');
}

function keyOf(day: number): string {
  const date = String(day).padStart(2, '0');
  return `transactions/year=2023/month=03/day=${date}/transactions_2023-03-${date}.csv`;
}

/** Lands files, numbered from 1. */
export async function land(
  subject: TransformerSubject,
  ...contents: readonly (string | Uint8Array)[]
): Promise<DeliveryToRead[]> {
  const deliveries: DeliveryToRead[] = [];
  for (const [place, content] of contents.entries()) {
    const landed = await subject.put(keyOf(15 + place), content);
    deliveries.push({ fileNo: place + 1, landed, committed: [] });
  }
  return deliveries;
}

let runs = 0;

export async function transform(
  { transformer }: TransformerSubject,
  deliveries: readonly DeliveryToRead[],
  rest: Partial<Parameters<Transformer['transform']>[0]> = {},
): Promise<Transformed> {
  const policy: Policy = parsePolicy();
  return transformer.transform({ runId: `run-${++runs}`, policy, deliveries, ...rest });
}

/** The staged rows as ids with their columns, in the order of file and line. */
export async function readRows(subject: TransformerSubject, stage: Stage | undefined): Promise<Staged[]> {
  return stage === undefined ? [] : decode((await subject.readStage(stage)).rows, STAGED_ROW_COLUMNS);
}

export async function readRejects(subject: TransformerSubject, stage: Stage | undefined): Promise<Staged[]> {
  return stage === undefined ? [] : decode((await subject.readStage(stage)).rejects, STAGED_REJECT_COLUMNS);
}

export type Staged = Readonly<Record<string, string>>;

export function staged(read: ReadDelivery | undefined): Extract<ReadDelivery, { kind: 'staged' }> {
  if (read?.kind !== 'staged') throw new Error(`should be staged, not ${JSON.stringify(read)}`);
  return read;
}

function decode(lines: Uint8Array, columns: readonly string[]): Staged[] {
  const rows = decodeStagedLines(lines).map((values) => {
    if (values.length !== columns.length) throw new Error(`a staged line has ${values.length} values`);
    return Object.fromEntries(columns.map((column, place) => [column, values[place]!]));
  });
  const place = ({ file_no, source_line }: Record<string, string>) => Number(file_no) * 1e9 + Number(source_line);
  return rows.sort((a, b) => place(a) - place(b));
}
