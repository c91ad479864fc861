/** What decides which of two rows with the same transaction_id is kept. */
export interface Version {
  /** 1 for a terminal status (policy `terminalStatuses`), else 0; compared before the date. */
  readonly terminal: number;
  /** `YYYY-MM-DD`. */
  readonly transactionDate: string;
  /** Place of the status in the policy's lifecycle, from 1. */
  readonly statusRank: number;
  /** `YYYY-MM-DD`. */
  readonly sourceDay: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly sourceModified: number;
  /** Physical line on which the record starts; the header is line 1. */
  readonly sourceLine: number;
  readonly sourceKey: string;
}

/** The fields of a version in the order in which they are compared, by the name under which a decision reports them. */
export const VERSION_FIELDS = [
  'terminal',
  'transaction_date',
  'status_rank',
  'source_day',
  'source_modified',
  'source_line',
  'source_key',
] as const;
export type VersionField = (typeof VERSION_FIELDS)[number];

export interface VersionComparison {
  /** Below 0 where the first version is the smaller one, 0 where they are equal, else above 0. */
  readonly order: number;
  /** The first field that differs; undefined where the versions are equal. */
  readonly decidedBy: VersionField | undefined;
}

/** A total order: field by field, the first difference decides. */
export function compareVersions(a: Version, b: Version): VersionComparison {
  const orders = [
    a.terminal - b.terminal,
    compareText(a.transactionDate, b.transactionDate),
    a.statusRank - b.statusRank,
    compareText(a.sourceDay, b.sourceDay),
    a.sourceModified - b.sourceModified,
    a.sourceLine - b.sourceLine,
    compareUtf8(a.sourceKey, b.sourceKey),
  ];
  const place = orders.findIndex((order) => order !== 0);
  return place < 0 ? { order: 0, decidedBy: undefined } : { order: orders[place]!, decidedBy: VERSION_FIELDS[place] };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Byte order in UTF-8, without encoding anything: UTF-16 units sort like code points but for surrogates, which stand for
 * code points above all others.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return rankOf(left) - rankOf(right);
  }
  return a.length - b.length;
}

function rankOf(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}
