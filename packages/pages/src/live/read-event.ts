/** A line of the events of a run, as far as it is understood. */
export interface LiveEvent {
  readonly kind: string;
  readonly runId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Undefined for what is no event of a run that works, such as the half of a line, or an undo. */
export function readEvent(line: string): LiveEvent | undefined {
  const values = parseObject(line);
  if (values === undefined) return undefined;
  const { kind, runId, time } = values;
  if (typeof kind !== 'string' || typeof runId !== 'string' || typeof time !== 'string') return undefined;
  if (kind.startsWith('undo-')) return undefined;
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : { kind, runId, time: at, values };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
