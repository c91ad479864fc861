import { describe, expect, test } from '@jest/globals';
import {
  METRICS,
  measureFailedRun,
  measureRun,
  readGauges,
  readMetrics,
  renderSample,
} from '../../src/telemetry/index.ts';
import { InMemoryWarehouse, ManualClock } from '../../src/testing/index.ts';
import { openMixedWorld } from '../support/mixed-world.ts';
import { csv, keyOf, openWorld, row } from '../support/world.ts';

/** Lines of samples that are not 0. */
const told = (text: string) => text.split('\n').filter((line) => line !== '' && !/^#| 0$/.test(line));

describe('the metrics of a warehouse', () => {
  test('add up all of its runs', async () => {
    const world = await openMixedWorld();
    await world.run();
    expect(told(await readMetrics(world.warehouse))).toEqual([
      'weir_runs_total{status="succeeded"} 1',
      'weir_runs_total{status="succeeded-with-rejects"} 1',
      'weir_files_total{status="loaded"} 2',
      'weir_files_total{status="empty"} 1',
      'weir_files_total{status="refused"} 1',
      'weir_rows_total{verdict="inserted"} 2',
      'weir_rows_total{verdict="updated"} 1',
      'weir_rows_total{verdict="rejected"} 2',
      'weir_rejects_total{code="quantity-not-positive"} 1',
      'weir_rejects_total{code="product-unknown"} 1',
      'weir_open_rejects 2',
      'weir_last_success_timestamp_seconds 1678928400',
    ]);
  });

  test('tell how long the newest run took until its commit', async () => {
    const world = await openWorld();
    const clock = new ManualClock();
    world.landing.put(keyOf('2023-03-15'), csv(row('T-1')));
    await world.run({ ports: { clock }, onEvent: ({ kind }) => kind === 'file-read' && clock.advance(2500) });
    expect(told(await readMetrics(world.warehouse))).toContain('weir_run_duration_seconds 2.5');
  });

  test('that are gauges can be asked for alone', async () => {
    const world = await openMixedWorld();
    await world.run();
    const gauges = (await readGauges(world.warehouse)).map(renderSample);
    expect(gauges).toHaveLength(3);
    for (const gauge of gauges) expect((await readMetrics(world.warehouse)).split('\n')).toContain(gauge);
  });

  test('begin at 0, and say nothing of a run where there was none', async () => {
    const text = await readMetrics(new InMemoryWarehouse());
    expect(told(text)).toEqual([]);
    expect(text).toContain('weir_rows_total{verdict="stale"} 0\n');
    expect(text).toContain('weir_last_success_timestamp_seconds 0\n');
    expect(text).not.toContain('\nweir_run_duration_seconds');
  });

  test('are text that Prometheus reads: each with its help and type, and its samples behind them', async () => {
    const text = await readMetrics(new InMemoryWarehouse());
    expect(text.endsWith('\n')).toBe(true);
    const lines = text.trimEnd().split('\n');
    for (const line of lines) {
      expect(line).toMatch(/^# HELP \w+ .+$|^# TYPE \w+ (counter|gauge)$|^\w+(\{\w+="[\w-]+"\})? \d+(\.\d+)?$/);
    }
    // A name's lines stand together.
    const names = lines.map((line) => /(?:# \w+ )?(\w+)/.exec(line)![1]!);
    const blocks = names.filter((name, i) => name !== names[i - 1]);
    expect(blocks).toEqual(Object.keys(METRICS));
  });
});

describe('a run adds to the counters', () => {
  test('what it did, and nothing is told of 0', async () => {
    const world = await openMixedWorld();
    expect(measureRun(await world.run()).map(renderSample)).toEqual([
      'weir_runs_total{status="succeeded-with-rejects"} 1',
      'weir_files_total{status="loaded"} 1',
      'weir_files_total{status="empty"} 1',
      'weir_files_total{status="refused"} 1',
      'weir_rows_total{verdict="inserted"} 1',
      'weir_rows_total{verdict="updated"} 1',
      'weir_rows_total{verdict="rejected"} 2',
      'weir_rejects_total{code="quantity-not-positive"} 1',
      'weir_rejects_total{code="product-unknown"} 1',
    ]);
  });

  test('that it failed', () => {
    expect(measureFailedRun().map(renderSample)).toEqual(['weir_runs_total{status="failed"} 1']);
  });
});
