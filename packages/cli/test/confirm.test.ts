import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { InterruptedError, Interruption } from '../src/interrupt/interruption.ts';
import { canAsk, confirm } from '../src/output/confirm.ts';
import type { Session } from '../src/session.ts';
import { openTestScreen } from './support/test-screen.ts';

function openSession() {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const listeners = new Map<string, () => void>();
  const source = {
    on: (signal: string, listener: () => void) => listeners.set(signal, listener),
    off: () => undefined,
  };
  const test = openTestScreen();
  const interruption = new Interruption(
    source,
    () => undefined,
    () => undefined,
  );
  const session = { stdin, screen: test.screen, interruption } as unknown as Session;
  return { ...test, stdin, session, interrupt: () => listeners.get('SIGINT')!() };
}

it.each([
  ['y\n', true],
  [' YES \n', true],
  ['n\n', false],
  ['\n', false],
  ['yeah\n', false],
  ['y', true],
])('%j is %p', async (answer, expected) => {
  const { session, stdin, stderr } = openSession();
  const asked = confirm(session, 'Really? ');
  stdin.end(answer);
  expect(await asked).toBe(expected);
  expect(stderr()).toBe('Really? ');
});

it('the end of the input is no', async () => {
  const { session, stdin } = openSession();
  const asked = confirm(session, 'Really? ');
  stdin.end();
  expect(await asked).toBe(false);
});

it('a question can be interrupted', async () => {
  const { session, interrupt } = openSession();
  const asked = confirm(session, 'Really? ');
  interrupt();
  await expect(asked).rejects.toBeInstanceOf(InterruptedError);
});

it('asks only where question and answer have a terminal', () => {
  const { session, stdin } = openSession();
  expect(canAsk(session)).toBe(false);
  const onTerminal = { ...session, screen: { stderr: { isTTY: true } } } as unknown as Session;
  expect(canAsk(onTerminal)).toBe(true);
  stdin.isTTY = false;
  expect(canAsk(onTerminal)).toBe(false);
});
