import { randomInt } from 'node:crypto';
import { endTestRun, nameTestRun } from '@weir/adapters-local/testing';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Trial, type TrialOptions, WAREHOUSE_KINDS, type WarehouseKind } from './trial.ts';
import { TRIALS } from './trials.ts';

const MOST_SHOWN = 20;

interface Flags {
  readonly count?: number;
  readonly seed: number;
  readonly warehouse?: WarehouseKind;
}

const program = new Command('trials')
  .description('Tries what the pipeline promises; ends with 1 where a promise was broken.')
  .argument('[names...]', `of ${Object.keys(TRIALS).join(', ')}; all of them, on all warehouses, where none is named`)
  .option('--count <number>', 'how many; as many as every build tries where it is not given', toCount)
  .addOption(
    new Option('--seed <number>', 'repeats the trials of this seed')
      .argParser(toSeed)
      .default(randomInt(2 ** 32 - 1), 'chance'),
  )
  .addOption(new Option('--warehouse <kind>', 'where the rows go').choices(WAREHOUSE_KINDS))
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(runTrials);

nameTestRun();
try {
  await program.parseAsync();
} finally {
  await endTestRun();
}

async function runTrials(names: readonly string[], flags: Flags): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(TRIALS, name));
  if (unknown.length > 0)
    program.error(`There is no trial ${unknown.join(', ')}. The trials are ${Object.keys(TRIALS).join(', ')}.`, {
      exitCode: 2,
    });
  for (const name of names.length > 0 ? names : Object.keys(TRIALS)) {
    const trial = await TRIALS[name]!();
    for (const warehouse of chooseWarehouses(name, trial, names.length > 0, flags)) {
      const title = trial.warehouses.length > 1 ? `${name} (${warehouse})` : name;
      await runTrial(title, trial, { count: flags.count, seed: flags.seed, warehouse, tell });
    }
  }
}

function chooseWarehouses(
  name: string,
  trial: Trial,
  isNamed: boolean,
  { warehouse }: Flags,
): readonly WarehouseKind[] {
  if (warehouse === undefined) return isNamed ? trial.warehouses.slice(0, 1) : trial.warehouses;
  if (trial.warehouses.includes(warehouse)) return [warehouse];
  return isNamed ? program.error(`The trial ${name} does not know --warehouse ${warehouse}.`, { exitCode: 2 }) : [];
}

async function runTrial(title: string, trial: Trial, options: TrialOptions): Promise<void> {
  console.log(`${title}: ${trial.about}`);
  const { counted, violations } = await trial.run(options);
  for (const violation of violations.slice(0, MOST_SHOWN)) console.log(`  VIOLATION ${violation}`);
  if (violations.length > MOST_SHOWN) console.log(`  and ${violations.length - MOST_SHOWN} more`);
  console.log(`${title}: ${counted}; seed ${options.seed}; violations: ${violations.length}`);
  if (violations.length > 0) process.exitCode = 1;
}

/** Standard output belongs to what was counted. */
function tell(progress: string): void {
  process.stderr.write(`  ${progress}\n`);
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It takes whole numbers above 0.');
}

function toSeed(text: string): number {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('It takes whole numbers from 0 to below 2^32.');
}
