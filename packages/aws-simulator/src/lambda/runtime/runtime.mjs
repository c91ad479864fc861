/**
 * The program in the process of a function: takes one invocation after the other over the channel of its parent, as the
 * Lambda runtime does over its API. It knows nothing of the simulator.
 */
import { pathToFileURL } from 'node:url';

const [, , bundle, handlerName] = process.argv;
const END_OF_LOG = '\u0000end\n';

let handler;
try {
  const module = await import(pathToFileURL(bundle).href);
  handler = module[handlerName] ?? module.default?.[handlerName];
  if (typeof handler !== 'function') throw new Error(`${bundle} exports no function ${handlerName}`);
} catch (error) {
  process.send({ kind: 'init-error', error: toError(error) }, () => process.exit(1));
}

process.on('message', async (invocation) => {
  const answer = await answerTo(invocation);
  // Pipes are written synchronously: who has read these lines has read all of the invocation's log.
  process.stdout.write(END_OF_LOG);
  process.stderr.write(END_OF_LOG);
  process.send(answer);
});
// Nobody is left to work for.
process.on('disconnect', () => process.exit());
if (handler) process.send({ kind: 'ready' });

async function answerTo(invocation) {
  const { requestId, traceId, event } = invocation;
  // A trace that is not sampled: nothing is sent to a daemon that is not there.
  process.env._X_AMZN_TRACE_ID = `Root=${traceId};Parent=${traceId.slice(-16)};Sampled=0`;
  try {
    // Node 24 has no callback handlers: what a handler returns is what counts.
    const result = await handler(JSON.parse(event), contextOf(invocation));
    return { kind: 'result', requestId, result: JSON.stringify(result ?? null) };
  } catch (error) {
    return { kind: 'error', requestId, error: toError(error) };
  }
}

function toError(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function contextOf({ requestId, timeoutMs, functionName, functionArn, memory }) {
  // On a clock that never goes back: a program may be told another time of the day.
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memory),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}
