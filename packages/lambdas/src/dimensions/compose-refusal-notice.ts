import type { LandedFile, Notice, RefusedSource } from '@weir/core';
import { printable } from '../telemetry/printable.ts';

/** Tells that a dimension file was refused. It names lines and columns, and none of what stands there: rows are about people. */
export function composeRefusalNotice(
  file: LandedFile,
  { dimension, refusal, problems, problemCount }: RefusedSource,
  { landing, quarantine }: { readonly landing: string; readonly quarantine: string },
): Notice {
  const key = printable(file.key);
  const reason =
    refusal === undefined
      ? `${problemCount} values that break a rule`
      : `${refusal.code}: ${printable(refusal.message)}`;
  const lines = problems.map(({ line, column, code }) => `  line ${line}, ${column || 'the whole row'}: ${code}`);
  const more = problemCount - problems.length;
  return {
    subject: `Weir: refused a file of ${dimension}, nothing of it was loaded`,
    text: [
      `The file ${key} (version ${printable(file.version)}) was refused, and nothing of it was loaded.`,
      'The rows that were there before are used further on.',
      '',
      `Why: ${reason}`,
      ...lines,
      ...(more > 0 ? [`  ... and ${more} more`] : []),
      '',
      `It is taken from ${landing} to ${quarantine}, under the same key.`,
      'To load it: mend these lines and upload the file again under its key.',
      '',
    ].join('\n'),
    document: {
      kind: 'dimension-file-refused',
      dimension,
      key: file.key,
      version: file.version,
      refusal,
      problemCount,
      problems: problems.map(({ line, column, code }) => ({ line, column, code })),
    },
  };
}
