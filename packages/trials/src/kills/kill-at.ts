import type { ExternalCall, MomentOf } from './kill-point.ts';

type Method = (this: unknown, ...args: never[]) => unknown;

/** Makes one method of an object count its calls, and die at the one that is due. Otherwise it does what it did. */
export function killAt(
  target: object,
  name: string,
  momentOf: MomentOf,
  describe: (self: unknown, args: readonly unknown[]) => ExternalCall | undefined,
): void {
  const methods = target as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = function (this: unknown, ...args: unknown[]) {
    const call = describe(this, args);
    const moment = call === undefined ? undefined : momentOf(call);
    if (moment === 'before') die();
    if (moment === 'during') setImmediate(die);
    const given = moment === 'after' ? args.map((arg) => (typeof arg === 'function' ? die : arg)) : args;
    const answer = original.apply(this, given as never[]);
    if (moment === 'after') dieAfter(answer, given !== args && given.includes(die));
    return answer;
  };
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function dieAfter(answer: unknown, isCalledBack: boolean): void {
  if (isCalledBack) return;
  if (typeof answer === 'object' && answer !== null && 'then' in answer) {
    (answer as Promise<unknown>).then(die, die);
  } else {
    setImmediate(die);
  }
}
