// What both clients share: the server they are told to judge, steps that report themselves, and a look at the wire.
import assert from 'node:assert/strict';

const SHOWN = 400;

/** The server named on the command line: `--url U`, or `--command PROGRAM ARGUMENT...`. */
export function serverToJudge() {
  const [how, ...rest] = process.argv.slice(2);
  if (how === '--url' && rest.length === 1) return { url: new URL(rest[0]) };
  if (how === '--command' && rest.length > 0) return { command: rest[0], args: rest.slice(1), stderr: 'inherit' };
  console.error('usage: client --url URL   or   client --command PROGRAM ARGUMENT...');
  return process.exit(2);
}

let failures = 0;

/** Runs one step and prints it as a line of JSON. What `work` returns is the detail; what it throws makes the step fail. */
export async function step(name, work) {
  try {
    report(name, true, await within(30_000, work()));
  } catch (error) {
    failures++;
    report(name, false, error?.code === undefined ? String(error?.message ?? error) : `${error.code} ${error.message}`);
  }
}

function report(name, ok, detail) {
  const text = typeof detail === 'object' ? JSON.stringify(detail) : String(detail ?? 'as expected');
  console.log(JSON.stringify({ step: name, ok, detail: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text }));
}

/** Ends the program, with an error if any step failed. */
export function finish() {
  process.exit(failures === 0 ? 0 : 1);
}

async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits until `condition` holds, and returns what it returned. */
export async function until(what, condition, milliseconds = 10_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    assert.ok(Date.now() < end, `${what}: not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Expects a JSON-RPC error with one of these codes, and returns it. */
export async function refused(promise, ...codes) {
  const outcome = await promise.then((result) => ({ result }), (error) => ({ error }));
  assert.ok(outcome.error, `answered instead of refused: ${JSON.stringify(outcome.result)}`);
  assert.ok(codes.includes(outcome.error.code), `error ${outcome.error.code} instead of ${codes}: ${outcome.error.message}`);
  return outcome.error;
}

/** Records what goes through a connected transport: `sent` and `received` messages, in order. */
export function watched(transport) {
  const traffic = { sent: [], received: [] };
  const send = transport.send.bind(transport);
  transport.send = (message, options) => {
    traffic.sent.push(message);
    return send(message, options);
  };
  const receive = transport.onmessage;
  transport.onmessage = (message, extra) => {
    traffic.received.push(message);
    return receive.call(transport, message, extra);
  };
  return traffic;
}

/**
 * Closes a client of a stdio server, and expects that the server ends by itself when its input ends. What the client did not
 * understand until then, such as a line on standard output that is no message, must be nothing.
 */
export async function endsWithItsInput(client, transport, surprises) {
  const forgotten = 'Received a progress notification for an unknown token'; // it came just before its answer
  assert.deepEqual(surprises.filter((message) => !message.startsWith(forgotten)), []);
  const { pid } = transport;
  const began = Date.now();
  await client.close();
  const took = Date.now() - began;
  assert.throws(() => process.kill(pid, 0), `process ${pid} still runs`);
  assert.ok(took < 1_900, `the server was killed: it had not ended ${took} ms after its input`);
  return `ended ${took} ms after its input`;
}
