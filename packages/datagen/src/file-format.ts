import { mix } from './draw.ts';
import type { FaultKnobs } from './fault-knobs.ts';

/** How the files of one day are written; a repeated or corrected file looks like the first one. */
export interface FileFormat {
  readonly lineBreak: '\n' | '\r\n' | '\r';
  readonly byteOrderMark: boolean;
  readonly gzip: boolean;
  readonly unusualHeader: boolean;
  readonly missingFinalLineBreak: boolean;
  readonly oversizedRow: boolean;
}

export const plainFormat: FileFormat = {
  lineBreak: '\n',
  byteOrderMark: false,
  gzip: false,
  unusualHeader: false,
  missingFinalLineBreak: false,
  oversizedRow: false,
};

/** One format for each day. */
export function fileFormats(days: number, seed: number, knobs: FaultKnobs): FileFormat[] {
  const marked = daysWith(knobs.byteOrderMarkFiles, days, seed + 1);
  const crlf = daysWith(knobs.crlfFiles, days, seed + 2);
  const cr = daysWith(knobs.crFiles, days, seed + 3);
  const gzip = daysWith(knobs.gzipFiles, days, seed + 4);
  const unusual = daysWith(knobs.unusualHeaderFiles, days, seed + 5);
  const unended = daysWith(knobs.missingFinalLineBreakFiles, days, seed + 6);
  const oversized = daysWith(knobs.oversizedRowFiles, days, seed + 7);
  return Array.from({ length: days }, (_, day) => ({
    lineBreak: cr.has(day) ? '\r' : crlf.has(day) ? '\r\n' : '\n',
    byteOrderMark: marked.has(day),
    gzip: gzip.has(day),
    unusualHeader: unusual.has(day),
    missingFinalLineBreak: unended.has(day),
    oversizedRow: oversized.has(day),
  }));
}

/** The share of the days, rounded, yet at least one day for a share above 0. */
export function daysWith(share: number, days: number, seed: number): Set<number> {
  if (share === 0) return new Set();
  const salt = mix(seed);
  const lots = Array.from({ length: days }, (_, day) => ({ day, lot: mix(mix(day) ^ salt) }));
  lots.sort((a, b) => a.lot - b.lot || a.day - b.day);
  return new Set(lots.slice(0, Math.max(1, Math.round(share * days))).map(({ day }) => day));
}
