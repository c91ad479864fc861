import { describe, expect, test } from '@jest/globals';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const MINUTE = 60_000;
const DAYS = Array.from({ length: 12 }, (_, i) => `2023-03-${String(i + 3).padStart(2, '0')}`);

/** Numbers from 0 to below 1, by a seed. */
function drawer(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A port whose calls fail now and then, before or after they took effect. */
function unreliable<Ports extends object>(ports: Ports, draw: () => number, rate: number): Ports {
  const wrap = <Value extends object>(target: Value): Value =>
    new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return wrap(value);
        if (typeof value !== 'function' || ['now', 'list', 'openRuns', 'facts'].includes(String(name))) {
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async (...args: unknown[]) => {
          const code = name === 'start' ? 'job.start-unknown' : 'port.unreachable';
          const error = new PortError({ code, message: `${String(name)} broke.`, retryable: true });
          if (draw() < rate / 2) throw error;
          const answer = await value.apply(target, args);
          if (draw() < rate / 2) throw error;
          return answer;
        };
      },
    });
  return wrap(ports);
}

/** Two versions of each of twelve days; the second one corrects the first, and brings a row of the next day. */
function land(world: RunsWorld): LandedFile[] {
  const at = world.ports.clock.now() - 60 * MINUTE;
  return DAYS.flatMap((day, i) => [
    world.ports.landing.put(keyOf(day), csv(row(`T-${i}`, { day }), row(`U-${i}`, { day })), at + i),
    world.ports.landing.put(
      keyOf(day),
      csv(row(`T-${i}`, { day, quantity: 7 }), row(`U-${i + 1}`, { day })),
      at + 1000 + i,
    ),
  ]);
}

describe('planned runs under events that are doubled, shuffled and lost, and ports that break', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('end in the same facts: seed %i', async (seed) => {
    const calm = await openRunsWorld();
    await calm.plan(land(calm));
    await calm.drain();
    const expected = await calm.facts();
    expect(expected).toHaveLength(25);

    const draw = drawer(seed);
    const world = await openRunsWorld({ mostJobs: 2 });
    world.options = { ...world.options, maxAttempts: 50, maxFilesPerRun: 1 + Math.floor(draw() * 8) };
    const { dimensions } = world.ports;
    const ports = { ...unreliable(world.ports, draw, 0.04), dimensions };
    const events = land(world).flatMap((file) => (draw() < 0.05 ? [] : draw() < 0.2 ? [file, file] : [file]));
    const queue = events.map((file) => ({ file, place: draw() })).sort((a, b) => a.place - b.place);
    const lossy = async (act: () => Promise<unknown>) => (draw() < 0.05 ? undefined : act().catch(() => undefined));

    let sweeps = 0;
    const isDone = async () =>
      queue.length === 0 && (await world.landed()).length === 0 && (await world.openRuns()).length === 0;
    while (!(await isDone())) {
      const batch = queue.splice(0, 1 + Math.floor(draw() * 5)).map(({ file }) => file);
      const jobs = world.running();
      await Promise.all([
        batch.length > 0 ? world.plan(batch, ports).catch(() => undefined) : undefined,
        ...jobs.map(async (job) => {
          await world.work(job, ports).catch(() => undefined);
          await Promise.all([lossy(() => world.finish(job, ports)), lossy(() => world.archive(job, ports))]);
          if (draw() < 0.2) await lossy(() => world.finish(job, ports));
        }),
      ]);
      world.ports.clock.advance(5 * MINUTE);
      if (queue.length === 0 || draw() < 0.2) {
        sweeps++;
        await world.sweep(ports).catch(() => undefined);
      }
      expect(sweeps).toBeLessThan(100);
    }

    expect(await world.facts()).toEqual(expected);
    const archived = [...world.ports.archive.stored.values()].map((bytes) => Buffer.from(bytes).toString());
    expect([archived.length, new Set(archived).size]).toEqual([24, 24]);
    const jobs = world.ports.launcher.jobs().map(({ runId }) => runId!);
    expect(new Set(jobs).size).toBe(jobs.length);
    expect(new Set(world.notified())).toEqual(new Set(jobs));
  });
});
