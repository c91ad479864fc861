import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from '../../../../scripts/read-options.mjs';
import { Corpus } from './engine/corpus.ts';
import { loadTarget } from './engine/load-target.ts';
import { fuzzTarget } from './fuzz-loop.ts';

const HELP = `npm run fuzz -- [--target NAME] [--seconds N | --runs N] [--seed N] [--keep]

  --target   one of the modules of test/fuzz/targets; all of them, one after the other, where it is left out
  --seconds  how long for each target (60)
  --runs     how many inputs for each target, instead of a time
  --seed     the same seed, corpus and runs repeat what happened
  --keep     write the inputs that reach new code into test/fuzz/corpus
`;

const values = readOptions({
  target: { type: 'string' },
  seconds: { type: 'string', default: '60' },
  runs: { type: 'string' },
  seed: { type: 'string' },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

const wrong = (['seconds', 'runs', 'seed'] as const).find((name) => !/^\d+$/.test(values[name] ?? '0'));

if (values.help) process.stdout.write(HELP);
else if (wrong !== undefined) {
  process.stderr.write(`--${wrong} takes a whole number, not ${values[wrong]}.\n\n${HELP}`);
  process.exitCode = 2;
} else if (values.target !== undefined && !targets().includes(values.target)) {
  process.stderr.write(`There is no target ${values.target}. The targets are: ${targets().join(', ')}.\n\n${HELP}`);
  process.exitCode = 2;
} else for (const name of values.target === undefined ? targets() : [values.target]) await fuzz(name);

function targets(): readonly string[] {
  return readdirSync(join(import.meta.dirname, 'targets')).map((name) => name.replace(/\.ts$/, ''));
}

async function fuzz(name: string): Promise<void> {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const path = join(import.meta.dirname, 'corpus', `${name}.jsonl`);
  const kept = Corpus.read(path);
  const loaded = await loadTarget(name);
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const goesOn = (runs: number) =>
    values.runs === undefined ? runs % 64 !== 0 || seconds() < Number(values.seconds) : runs < Number(values.runs);
  const { runs, corpus, failure } = await fuzzTarget(loaded, { seed, kept, goesOn });
  const { coverage } = loaded;
  process.stdout.write(
    `${name}: ${runs} runs in ${seconds().toFixed(1)} s, seed ${seed}; ${kept.length} kept inputs, now ${corpus.inputs.length}; ` +
      `${coverage.placesRun} of ${coverage.places} places ran, ${corpus.features} features; ` +
      `violations: ${failure === undefined ? 0 : 1}\n`,
  );
  if (failure !== undefined) {
    process.exitCode = 1;
    const { input, error } = failure;
    process.stdout.write(`input ${JSON.stringify(Buffer.from(input).toString('latin1'))}\n`);
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  } else if (values.keep) corpus.write(path);
}
