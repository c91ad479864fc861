import { resolve } from 'node:path';
import { printable } from '@weir/core/text';
import {
  type FaultProfileName,
  faultProfiles,
  type GenerationOptions,
  generate,
  generateLaterDeliveries,
} from '@weir/datagen';
import { usageError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { callWeir } from '../output/call-weir.ts';
import { membersOf } from '../output/column.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatBytes, formatCount, formatCounted } from '../output/format-amount.ts';
import { showGeneration } from '../output/generation-progress.ts';
import { section } from '../output/section.ts';
import type { Session } from '../session.ts';

export interface GenerateOptions {
  readonly out: string;
  readonly start: string;
  readonly days: number;
  readonly rows: number;
  readonly products: number;
  readonly customers: number;
  readonly seed: number;
  readonly faults: FaultProfileName;
  readonly fault: Readonly<Record<string, number>>;
  readonly seasonality: boolean;
  readonly later?: true | undefined;
}

export async function generateData(session: Session, options: GenerateOptions): Promise<number> {
  const { screen, interruption, cwd, env } = session;
  const { start, days, products, customers, seed, seasonality } = options;
  const meter = await createMeter(screen);
  interruption.consequence = 'The folder holds only part of the files, each of them whole.';
  const wanted: GenerationOptions = {
    ...{ out: resolve(cwd, options.out), start, days, products, customers, seed, seasonality },
    rowsPerDay: options.rows,
    faults: chooseFaults(options),
    onProgress: showGeneration(meter),
    signal: interruption.signal,
  };
  try {
    const report = await generate(wanted);
    const later = options.later ? await generateLaterDeliveries(wanted) : undefined;
    meter.stop();
    const { landing, dimensions, expectedPath, rows, bytes, files } = report;
    screen.document({
      ...{ landing, dimensions, expected: expectedPath, rows, bytes, files },
      later:
        later === undefined
          ? null
          : { folder: later.later, expected: later.expectedPath, deliveries: later.deliveries },
    });
    screen.records(membersOf('key', 'kind', 'modified', 'read', 'rejected'), files);
    screen.say(
      `Generated ${formatCounted(rows, 'row')} in ${formatCounted(files.length, 'file')}, ${formatBytes(bytes)}`,
    );
    screen.say(`  ${printable(landing)}   files as they land`);
    screen.say(`  ${printable(dimensions)}   products and customers`);
    const facts = formatCount(report.expected.facts);
    screen.say(`  ${printable(expectedPath)}   what the tables must hold: ${facts} facts`);
    if (later !== undefined) screen.say(printable(`  ${later.later}   later deliveries, with ${later.expectedPath}`));
    const next = [
      `  ${callWeir(env)} init`,
      `  ${callWeir(env)} dimensions load --products ${dimensions}/products.csv --customers ${dimensions}/customers.csv`,
      `  ${callWeir(env)} ingest --landing ${landing}`,
    ];
    section(screen, 'Next', next.map(printable));
  } finally {
    meter.stop();
  }
  return EXIT_CODE.done;
}

/** Single kinds come on top of the profile. */
function chooseFaults({ faults, fault }: GenerateOptions): GenerationOptions['faults'] {
  if (Object.keys(fault).length === 0) return faults;
  const unknown = Object.keys(fault).filter((knob) => !Object.hasOwn(faultProfiles.none, knob));
  if (unknown.length === 0) return { ...faultProfiles[faults], ...fault };
  throw usageError({
    code: 'usage.unknown-fault',
    message: `--fault knows no ${unknown.join(', ')}.`,
    remedy: `Allowed are ${Object.keys(faultProfiles.none).join(', ')}.`,
  });
}
