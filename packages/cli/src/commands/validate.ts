import { type FoundFault, type IngestEvent, ORPHAN_CODES, parsePolicy, validateDelivery } from '@weir/core';
import type { ValidateOptions } from '../command-line/validate-options.ts';
import { createValidationPorts } from '../composition/create-validation-ports.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { createMeter } from '../output/create-meter.ts';
import { IngestProgress } from '../output/ingest-progress.ts';
import type { Session } from '../session.ts';
import { findFile } from '../validate/find-file.ts';
import { tellValidation } from '../validate/tell-validation.ts';
import { FAULT_COLUMNS, validationDocument } from '../validate/validation-document.ts';
import { failedResult, toValidationResult, type ValidationResult } from '../validate/validation-result.ts';

const MOST_FAULTS = { text: 20, json: 1000, csv: Number.POSITIVE_INFINITY };

export async function validateFiles(session: Session, options: ValidateOptions): Promise<number> {
  const { screen, interruption, cwd } = session;
  const mostFaults = options.limit ?? MOST_FAULTS[screen.format];
  const ports = createValidationPorts(options, cwd);
  const progress = new IngestProgress(await createMeter(screen, 'quiet'));
  const results: ValidationResult[] = [];
  try {
    const files = await Promise.all(options.files.map((file) => findFile(file, session)));
    const bytes = files.reduce((sum, { landed }) => sum + (landed?.size ?? 0), 0);
    progress.take({ kind: 'listed', files: files.length, bytes });
    const surroundings = {
      ...(await ports.readDimensions()),
      unpacker: ports.unpacker,
      workers: ports.rows.workers,
      batchSize: options.batchSize,
      policy: session.policy ?? parsePolicy(),
      signal: interruption.signal,
      onEvent: (event: IngestEvent) => progress.take(event),
      mostFaults,
    };
    screen.records(FAULT_COLUMNS, []);
    for (const found of files) {
      const faults = new ToldFaults(session, found.file);
      const result =
        found.landed === undefined
          ? failedResult(found.file, found.problem)
          : toValidationResult(
              found.file,
              await validateDelivery(found.landed, {
                ...surroundings,
                ...found,
                onFaults: (some) => faults.take(some),
              }),
              faults.kept,
              faults.count,
            );
      if (result.status === 'refused') {
        const { code, message } = result.problem!;
        screen.records(FAULT_COLUMNS, [{ file: found.file, code, message }]);
      }
      if (results.length > 0) screen.say();
      results.push(result);
      tellValidation(screen, result);
    }
  } finally {
    progress.stop();
    await ports.rows.close();
  }
  const notLookedFor = ORPHAN_CODES.filter((code) =>
    code === 'product-unknown' ? options.products === undefined : options.customers === undefined,
  );
  screen.document(validationDocument(results, notLookedFor));
  if (notLookedFor.length > 0 && results.some(({ status }) => status !== 'failed')) {
    screen.say();
    screen.say(`Not looked for without --products and --customers: ${notLookedFor.join(', ')}`);
  }
  return exitCodeOf(results);
}

/** In CSV faults are written as they are found; else the first ones are kept. */
class ToldFaults {
  readonly kept: FoundFault[] = [];
  count = 0;
  private readonly session: Session;
  private readonly file: string;

  constructor(session: Session, file: string) {
    this.session = session;
    this.file = file;
  }

  take(faults: readonly FoundFault[]): void {
    const { screen } = this.session;
    this.count += faults.length;
    if (screen.format !== 'csv') this.kept.push(...faults);
    screen.records(
      FAULT_COLUMNS,
      faults.map((fault) => ({ ...fault, file: this.file })),
    );
  }
}

function exitCodeOf(results: readonly ValidationResult[]): number {
  const has = (...statuses: ValidationResult['status'][]) => results.some(({ status }) => statuses.includes(status));
  if (has('failed')) return EXIT_CODE.failed;
  return has('faulty', 'refused') ? EXIT_CODE.refused : EXIT_CODE.done;
}
