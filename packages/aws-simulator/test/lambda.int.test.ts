import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '../src/index.ts';

let simulator: AwsSimulator;
let folder: string;
let functions = 0;

beforeAll(async () => {
  simulator = await startAwsSimulator({ secondMs: 1 });
  folder = mkdtempSync(join(tmpdir(), 'weir-functions-'));
});

afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A function whose handler has the body. */
function create(body: string, more: object = {}): string {
  functions += 1;
  const name = `function-${functions}`;
  const bundle = join(folder, `${name}.mjs`);
  writeFileSync(bundle, `let calls = 0;\nexport const handler = async (event, context) => { calls += 1; ${body} };\n`);
  simulator.createFunction({ name, bundle, handler: 'index.handler', timeout: 30, concurrency: 1, ...more });
  return name;
}

function mapped(body: string, { queue = {}, reader = {} }: { queue?: object; reader?: object } = {}) {
  const functionName = create(body);
  const found = simulator.parts.queues.create(`${functionName}-queue`, { VisibilityTimeout: '1', ...queue });
  const definition = { functionName, batchSize: 10, batchWindow: 0, reportsBatchItemFailures: false, ...reader };
  return { functionName, queue: found, start: () => simulator.mapQueue(found.name, definition) };
}

const logged = (name: string) => simulator.logsOf(name);

describe('a function', () => {
  test('runs in a process of its own that stays warm, with its own environment', async () => {
    const name = create(
      'console.log("call", calls); return [calls, process.env.MINE, process.env.HOME, process.env.AWS_ENDPOINT_URL, context.functionName, event.a];',
      { environment: { MINE: 'yes' } },
    );
    const endpoint = simulator.clientConfig.endpoint;
    expect(await simulator.invoke(name, { a: 1 })).toEqual([1, 'yes', null, endpoint, name, 1]);
    expect(await simulator.invoke(name, { a: 2 })).toEqual([2, 'yes', null, endpoint, name, 2]);
    expect(logged(name)).toEqual(['call 1', 'call 2']);
  });

  test('tells what its handler threw', async () => {
    const name = create('throw new RangeError("too far");');
    await expect(simulator.invoke(name, {})).rejects.toMatchObject({ name: 'RangeError', message: 'too far' });
  });

  test('that takes too long is killed, and the next call starts anew', async () => {
    const name = create('if (event.hang) await new Promise((r) => setTimeout(r, 60_000)); return calls;', {
      timeout: 1,
    });
    expect(await simulator.invoke(name, {})).toBe(1);
    await expect(simulator.invoke(name, { hang: true })).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
    expect(await simulator.invoke(name, {})).toBe(1);
  });

  test('that ends its process, or cannot be loaded, fails the call', async () => {
    await expect(simulator.invoke(create('process.exit(3);'), {})).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    const broken = create('', { handler: 'index.missing' });
    await expect(simulator.invoke(broken, {})).rejects.toThrow('exports no function missing');
  });

  test('fails before or after its work where a fault is injected', async () => {
    const name = create('console.log("worked"); return 1;');
    for (const when of ['before', 'after'] as const) {
      simulator.injectFault({ service: 'Lambda', operation: name, call: 1, when, as: 'reset' });
      await expect(simulator.invoke(name, {})).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    }
    await simulator.invoke(name, {});
    expect(logged(name)).toEqual(['worked', 'worked']);
  });

  test('that is invoked asynchronously is tried three times, then its event is a dead letter', async () => {
    const dead = simulator.parts.queues.create('async-dead');
    const told = simulator.parts.queues.create('async-told');
    const arns = { deadLetterArn: dead.arn, onFailureArn: told.arn };
    const name = create('console.log("try"); throw new Error("no");', arns);
    simulator.parts.lambda.invokeAsync(simulator.parts.lambda.arnOf(name), '{"a":1}');
    await simulator.settle();
    expect(logged(name)).toEqual(['try', 'try', 'try']);
    expect(dead.bodies()).toEqual(['{"a":1}']);
    expect(JSON.parse(told.bodies()[0]!)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { a: 1 },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    });
  });
});

describe('a function that calls services', () => {
  const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-s3');
  const body = `
    const { S3Client, PutObjectCommand } = (await import(${JSON.stringify(sdk)})).default;
    const s3 = new S3Client({ forcePathStyle: true });
    for (const Key of ['1', '2', '3']) await s3.send(new PutObjectCommand({ Bucket: 'calls', Key, Body: event.body }));
    return 'done';
  `;

  test('finds the simulator by its environment', async () => {
    simulator.parts.s3.store.create('calls');
    expect(await simulator.invoke(create(body), { body: 'x' })).toBe('done');
    expect(simulator.parts.s3.read('calls', '3')!.toString()).toBe('x');
  });

  test('dies at the call that is named, which has or has not done its work', async () => {
    const name = create(body);
    for (const when of ['before', 'after'] as const) {
      simulator.injectFault({ service: 'S3', operation: 'PutObject', call: 2, when, as: 'kill' });
      await expect(simulator.invoke(name, { body: when })).rejects.toMatchObject({ name: 'Runtime.ExitError' });
      const stored = ['1', '2', '3'].map((key) => simulator.parts.s3.read('calls', key)!.toString() === when);
      expect(stored).toEqual([true, when === 'after', false]);
    }
    expect(await simulator.invoke(name, { body: 'again' })).toBe('done');
  });
});

describe('a queue that a function reads', () => {
  const names = 'const names = event.Records.map((r) => r.body); console.log(names.sort().join());';

  test('gathers what comes within the window into one batch', async () => {
    const { functionName, queue, start } = mapped(names, {
      reader: { batchWindow: 300, batchSize: 100, concurrency: 1 },
    });
    start();
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await simulator.settle();
    expect(logged(functionName)).toEqual(['a,b,c']);
    expect(queue.size).toBe(0);
  });

  test('hands over no more than the batch size', async () => {
    const { functionName, queue, start } = mapped(names, { reader: { batchSize: 2 } });
    for (const body of ['a', 'b', 'c', 'd', 'e']) queue.send(body);
    start();
    await simulator.settle();
    expect(
      logged(functionName)
        .map((line) => line.split(',').length)
        .sort(),
    ).toEqual([1, 2, 2]);
  });

  test('gives back all of a batch whose handler threw', async () => {
    const { functionName, queue, start } = mapped(`${names} if (calls === 1) throw new Error("once");`);
    for (const body of ['a', 'b']) queue.send(body);
    start();
    await simulator.settle();
    expect(logged(functionName)).toEqual(['a,b', 'a,b']);
  });

  test('gives back the messages that the handler names, and those only', async () => {
    const fail =
      'return { batchItemFailures: event.Records.filter((r) => r.body === "b" && calls < 3).map((r) => ({ itemIdentifier: r.messageId })) };';
    const { functionName, queue, start } = mapped(`${names} ${fail}`, { reader: { reportsBatchItemFailures: true } });
    for (const body of ['a', 'b', 'c']) queue.send(body);
    start();
    await simulator.settle();
    expect(logged(functionName)).toEqual(['a,b,c', 'b', 'b']);
  });

  test.each([
    ['names a message that is not there', '[{ itemIdentifier: "x" }]'],
    ['names nothing', '[{}]'],
  ])('gives back all of a batch whose answer %s', async (_, failures) => {
    const body = `${names} return calls === 1 ? { batchItemFailures: ${failures} } : {};`;
    const { functionName, queue, start } = mapped(body, { reader: { reportsBatchItemFailures: true } });
    for (const text of ['a', 'b']) queue.send(text);
    start();
    await simulator.settle();
    expect(logged(functionName)).toEqual(['a,b', 'a,b']);
  });

  test('gives a message that fails for ever to the dead letters, and settles then', async () => {
    const dead = simulator.parts.queues.create('queue-dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    const { functionName, queue, start } = mapped(`${names} throw new Error("no");`, { queue: { RedrivePolicy } });
    queue.send('poison');
    start();
    await simulator.settle();
    expect(logged(functionName)).toEqual(['poison', 'poison', 'poison']);
    expect(dead.bodies()).toEqual(['poison']);
  });

  test('keeps the simulator from settling, which says what is stuck', async () => {
    const { queue, start } = mapped('throw new Error("no");', { queue: { VisibilityTimeout: '43200' } });
    queue.send('stuck');
    start();
    await expect(simulator.settle(300)).rejects.toThrow(`1 x message in the queue ${queue.name}`);
    queue.purge();
    await simulator.settle();
  });
});
