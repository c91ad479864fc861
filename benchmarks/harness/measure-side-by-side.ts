import { spawnSync } from 'node:child_process';
import { tellProgress } from './progress.ts';
import { runProcess, type Sample } from './run-process.ts';
import { median } from './statistics.ts';
import type { Subject } from './subject.ts';

/** The medians of all rounds. */
export interface Measured {
  readonly name: string;
  readonly seconds: number;
  readonly peak: number;
  /** The fastest and the slowest round. */
  readonly fastest: number;
  readonly slowest: number;
}

export interface SideBySideOptions<J> {
  readonly title: string;
  readonly subjects: readonly Subject<J>[];
  readonly jobOf: (subject: Subject<J>) => J;
  readonly rounds: number;
  /** After each run, not timed; such as the check of the output after the last round. */
  readonly afterRun?: (subject: Subject<J>, job: J, isLastRound: boolean) => Promise<void>;
}

/** Each round runs every subject once; the order is turned by one from round to round, so that nobody always comes first. */
export async function measureSideBySide<J>(options: SideBySideOptions<J>): Promise<Measured[]> {
  const { title, subjects, jobOf, rounds, afterRun } = options;
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]));
  for (const subject of subjects) await subject.prepare?.(jobOf(subject));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < subjects.length; place++) {
      const subject = subjects[(place + round) % subjects.length]!;
      const job = jobOf(subject);
      await subject.reset?.(job);
      // What others wrote is on its way to the disk no more.
      spawnSync('sync');
      const sample = await runProcess(subject.command(job), subject.hasChildren);
      samples.get(subject.name)!.push(sample);
      tellProgress(`${title}, round ${round + 1} of ${rounds}: ${subject.name} ${sample.seconds.toFixed(2)} s`);
      await afterRun?.(subject, job, round === rounds - 1);
    }
  }
  return subjects.map(({ name }) => summarise(name, samples.get(name)!));
}

export function summarise(name: string, samples: readonly Sample[]): Measured {
  const seconds = samples.map((sample) => sample.seconds);
  return {
    name,
    seconds: median(seconds),
    peak: median(samples.map(({ peak }) => peak)),
    fastest: Math.min(...seconds),
    slowest: Math.max(...seconds),
  };
}

export function named(measured: readonly Measured[], name: string): Measured {
  const found = measured.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}
