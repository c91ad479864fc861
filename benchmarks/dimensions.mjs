/**
 * Prints what the index of a dimension costs: memory held, time to build it from a CSV file and from staged text as a
 * warehouse sends it, time of a look-up in batches as the row path does them, the peak of the process, and what is said
 * where an index may not take that much. Beside it a Map of strings.
 *
 *     node benchmarks/dimensions.mjs [millions of customers ...]      (default 1 10; Linux only)
 *
 * Each figure is from a process of its own. Files are made in .weir/benchmark-dimensions and kept.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CsvDimensionIndexer, ZlibUnpacker } from '../packages/adapters-local/src/index.ts';
import { buildDimensionIndex, DimensionIndex } from '../packages/core/src/index.ts';
import { customerLines } from './input/dimension-lines.ts';
import { customerId } from './input/ids.ts';
import { Random } from './input/random.ts';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), '.weir', 'benchmark-dimensions');
const LOOK_UPS = 1_000_000;
const BATCH = 1024;
const WAYS = { csv: 'index, from CSV', staged: 'index, from staged text', map: 'Map of strings', limit: undefined };

const [way, file, count] = process.argv.slice(2);
if (way in WAYS) console.log(JSON.stringify(await measure(way, file, Number(count))));
else tellAll(process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10]);

function tellAll(millions) {
  mkdirSync(folder, { recursive: true });
  console.log('customers  held as                  MB held  bytes a row  build s  ns a look-up  peak MB');
  for (const million of millions) {
    const rows = Math.round(million * 1e6);
    const csv = join(folder, `customers-${rows}.csv`);
    if (!existsSync(csv)) writeLines(csv, customerLines(rows));
    const staged = join(folder, `customers-${rows}.staged`);
    if (!existsSync(staged)) writeLines(staged, stagedLines(rows));
    for (const [name, title] of Object.entries(WAYS)) {
      if (title !== undefined) tell(million, title, run(name, name === 'staged' ? staged : csv, rows), rows);
    }
    console.log(`  beyond a limit: ${run('limit', csv, rows).message}`);
  }
}

function tell(million, title, { bytes, seconds, nanoseconds, peak, failed }, rows) {
  if (failed !== undefined) return console.log(`${`${million} M`.padEnd(10)} ${title.padEnd(24)} fails: ${failed}`);
  const cells = [
    (bytes / 1e6).toFixed(0).padStart(7),
    (bytes / rows).toFixed(1).padStart(11),
    seconds.toFixed(2).padStart(7),
    nanoseconds.toFixed(0).padStart(12),
    (peak / 1e3).toFixed(0).padStart(7),
  ];
  console.log(`${`${million} M`.padEnd(10)} ${title.padEnd(24)} ${cells.join('  ')}`);
}

function run(...args) {
  const options = ['--expose-gc', '--max-old-space-size=16000', fileURLToPath(import.meta.url), ...args.map(String)];
  const { stdout, stderr, status } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (status !== 0) return { failed: /^(\w*Error: .*)$/m.exec(stderr)?.[1] ?? stderr.slice(-200) };
  return JSON.parse(stdout);
}

async function measure(way, file, rows) {
  if (way === 'limit') return { message: await messageBeyondLimit(file, rows) };
  const before = heldNow();
  const start = performance.now();
  const dimension = way === 'map' ? await readMap(file) : await readIndex(way, file);
  const seconds = (performance.now() - start) / 1000;
  const peak = Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1.024;
  const bytes = dimension instanceof Map ? heldNow() - before : dimension.bytes;
  if (dimension.size !== rows) throw new Error(`holds ${dimension.size} rows of ${rows}`);
  return { bytes, seconds, nanoseconds: timeLookUps(dimension, rows), peak };
}

function readIndex(way, file) {
  if (way === 'csv') return catalogOf(file).index('customers', { shared: true });
  return buildDimensionIndex(createReadStream(file, { highWaterMark: 512 * 1024 }), { shared: true });
}

function catalogOf(file) {
  return new CsvDimensionIndexer({ products: file, customers: file, unpacker: new ZlibUnpacker() });
}

async function readMap(file) {
  const map = new Map();
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const values = line.split(',');
    if (!isHeader) map.set(values[0], values[4]);
    isHeader = false;
  }
  return map;
}

/** The middle of five rounds, over ids in no order, all of them known. */
function timeLookUps(dimension, rows) {
  const random = new Random(3);
  const ids = Array.from({ length: LOOK_UPS }, () => customerId(random.below(rows)));
  const bytes = Buffer.from(ids.join(''));
  const width = bytes.length / ids.length;
  const hashes = new Int32Array(BATCH);
  const lookUpAll = () => {
    let found = 0;
    for (let first = 0; first < ids.length; first += BATCH) {
      const count = Math.min(BATCH, ids.length - first);
      for (let i = 0; i < count; i++) {
        const start = (first + i) * width;
        hashes[i] = DimensionIndex.hash(bytes, start, start + width);
      }
      dimension.touch(hashes, count);
      for (let i = 0; i < count; i++) {
        const start = (first + i) * width;
        if (dimension.find(hashes[i], bytes, start, start + width)) found++;
      }
    }
    return found;
  };
  /** From bytes, as they come from a file. */
  const lookUpInMap = () => {
    let found = 0;
    for (let i = 0; i < ids.length; i++) {
      if (dimension.get(bytes.latin1Slice(i * width, (i + 1) * width)) !== undefined) found++;
    }
    return found;
  };
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const found = dimension instanceof Map ? lookUpInMap() : lookUpAll();
    if (found !== ids.length) throw new Error(`found ${found} of ${ids.length}`);
    return performance.now() - start;
  });
  return (times.sort((a, b) => a - b)[2] * 1e6) / ids.length;
}

async function messageBeyondLimit(file, rows) {
  const limits = { shared: true, dimension: 'customers', maxBytes: rows * 16 };
  return catalogOf(file)
    .index('customers', limits)
    .then(
      () => 'it fits',
      ({ code, message, remedy }) => `${code}: ${message} ${remedy}`,
    );
}

function heldNow() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function* stagedLines(rows) {
  const lines = customerLines(rows);
  lines.next();
  for (const line of lines) yield `${line.slice(0, line.indexOf(','))}\t${line.slice(line.lastIndexOf(',') + 1)}`;
}

function writeLines(path, lines) {
  const file = openSync(`${path}.part`, 'w');
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length > 1 << 20) {
      writeSync(file, block);
      block = '';
    }
  }
  writeSync(file, block);
  renameSync(`${path}.part`, path);
}
