// Judges a server with the official 2.x client, which speaks 2026-07-28: no session, and input by asking again.
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';
import { stepsOfBothEras, textOf } from './both-eras.mjs';
import { endsWithItsInput, finish, refused, serverToJudge, step, until, watched } from './judge.mjs';

const REVISION = '2026-07-28';
const EVERYTHING = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

const server = serverToJudge();
const newTransport = () =>
  server.url ? new StreamableHTTPClientTransport(server.url) : new StdioClientTransport(server);
const newClient = (capabilities, mode) =>
  new Client({ name: 'roost-proof-modern', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });

const client = newClient(EVERYTHING, { pin: REVISION });
const call = (parameters, options) => client.callTool(parameters, options);
const text = async (name, given = {}) => textOf(await call({ name, arguments: given }));

const surprises = [];
client.onerror = (error) => surprises.push(error.message);

// A person who answers at once: each step says how.
let person = () => ({ action: 'cancel' });
const asked = [];
client.setRequestHandler('elicitation/create', ({ params }) => {
  asked.push(params);
  return person(params);
});
client.setRequestHandler('sampling/createMessage', ({ params }) => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: `heard: ${params.messages[0].content.text}` },
}));
client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///nowhere', name: 'nowhere' }] }));
const logged = [];
client.setNotificationHandler('notifications/message', ({ params }) => void logged.push(params));
let listChanges = 0;
client.setNotificationHandler('notifications/tools/list_changed', () => void listChanges++);

const transport = newTransport();
await step('discover', async () => {
  await client.connect(transport);
  assert.equal(client.getProtocolEra(), 'modern');
  assert.equal(client.getNegotiatedProtocolVersion(), REVISION);
  const { supportedVersions, capabilities, ttlMs, cacheScope } = client.getDiscoverResult();
  assert.ok(supportedVersions.includes(REVISION));
  assert.ok(Number.isInteger(ttlMs) && ['public', 'private'].includes(cacheScope));
  assert.ok(client.getServerVersion()?.name, 'the server has no name');
  return { server: client.getServerVersion(), supportedVersions, capabilities };
});
if (client.getProtocolEra() === undefined) finish();
const traffic = watched(transport);

/** An unknown method is 404, and at a 404 this client throws the whole answer as it is. */
function unwrapped(error) {
  throw error.data?.status === 404 ? Object.assign(new Error(), JSON.parse(error.data.text).error) : error;
}

await stepsOfBothEras({
  client,
  call,
  request: (method) => client.request({ method, params: {} }, z.looseObject({})).catch(unwrapped),
  traffic,
  notFound: [-32602],
});

await step('elicit: a form', async () => {
  person = () => ({ action: 'accept', content: { name: 'Alice' } });
  const answer = await text('test_input_required_result_elicitation');
  assert.equal(answer, 'Hello, Alice!');
  assert.equal(asked.at(-1).message, 'What is your name?');
  return answer;
});
await step('elicit: two forms in turn', async () => {
  const before = asked.length;
  person = ({ requestedSchema }) => ({
    action: 'accept',
    content: Object.fromEntries(Object.keys(requestedSchema.properties).map((name) => [name, 'blue'])),
  });
  const answer = await text('test_input_required_result_multi_round');
  assert.equal(asked.length, before + 2);
  return answer;
});
await step('elicit: a URL', async () => {
  person = () => ({ action: 'accept' });
  const answer = await text('test_url_elicitation');
  const { mode, url, message, elicitationId } = asked.at(-1);
  assert.equal(mode, 'url');
  assert.ok(URL.canParse(url) && message, 'a member is missing');
  assert.equal(elicitationId, undefined, 'this revision has no elicitationId');
  assert.match(answer, /accept/);
  return { url, answer };
});
await step('elicit: for a prompt', async () => {
  person = () => ({ action: 'accept', content: { context: 'a nest' } });
  const { messages } = await client.getPrompt({ name: 'test_input_required_result_prompt' });
  assert.match(messages[0].content.text, /a nest/);
});
await step('form, sampling and roots in one round', async () => {
  person = () => ({ action: 'accept', content: { name: 'Alice' } });
  return text('test_input_required_result_multiple_inputs');
});
await step('logging, for the request that asks', async () => {
  await text('test_logging_tool');
  assert.deepEqual(logged, [], 'a message came unasked');
  await call({ name: 'test_logging_tool', arguments: {}, _meta: { 'io.modelcontextprotocol/logLevel': 'info' } });
  await until('a message', () => logged.length > 0);
  return logged;
});
await step('the list of tools changes', async () => {
  const subscription = await client.listen({ toolsListChanged: true });
  assert.equal(subscription.honoredFilter.toolsListChanged, true);
  await text('test_trigger_tool_change');
  await until('notifications/tools/list_changed', () => listChanges > 0);
  await subscription.close();
  assert.equal(await subscription.closed, 'local');
});
await step('an argument that travels as a header too', async () => {
  for (const region of ['eu-west', ' grüße, 世界 ', '=?base64?eu?=']) {
    assert.equal(await text('test_x_mcp_header', { region }), `region=${region}`);
  }
});

await step('end', async () => {
  if (!server.url) return endsWithItsInput(client, transport, surprises);
  return client.close();
});

await step('a client without the capability', async () => {
  const poor = newClient({}, { pin: REVISION });
  await poor.connect(newTransport());
  const error = await refused(poor.callTool({ name: 'test_missing_capability', arguments: {} }), -32021);
  assert.deepEqual(error.data.requiredCapabilities, { sampling: {} });
  await poor.close();
  return error.message;
});
await step('a client that finds out by itself', async () => {
  const auto = newClient({}, 'auto');
  await auto.connect(newTransport());
  assert.equal(auto.getProtocolEra(), 'modern');
  await auto.listTools();
  await auto.close();
});
await step('the same client in the old way', async () => {
  const old = newClient({}, 'legacy');
  await old.connect(newTransport());
  assert.equal(old.getProtocolEra(), 'legacy');
  assert.equal(old.getNegotiatedProtocolVersion(), '2025-11-25');
  await old.listTools();
  await old.close();
});
finish();
