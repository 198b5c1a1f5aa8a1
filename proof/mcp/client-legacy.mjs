// Judges a server with the official 1.x client, which speaks 2025-11-25: initialize, a session, requests in both directions.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResultSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { stepsOfBothEras, textOf } from './both-eras.mjs';
import { endsWithItsInput, finish, refused, serverToJudge, step, until, watched } from './judge.mjs';

const server = serverToJudge();
const client = new Client(
  { name: 'roost-proof-legacy', version: '1.0.0' },
  { capabilities: { elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true } } },
);
const call = (parameters, options) => client.callTool(parameters, undefined, options);
const text = async (name, given = {}) => textOf(await call({ name, arguments: given }));

const surprises = [];
client.onerror = (error) => surprises.push(error.message);

// A person who answers at once: each step says how.
let person = () => ({ action: 'cancel' });
const asked = [];
client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
  asked.push(params);
  return person(params);
});
client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: `heard: ${params.messages[0].content.text}` },
}));
client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [] }));
const logged = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logged.push(params));
let listChanges = 0;
client.setNotificationHandler(ToolListChangedNotificationSchema, () => void listChanges++);

const transport = server.url ? new StreamableHTTPClientTransport(server.url) : new StdioClientTransport(server);
let version;
const settle = transport.setProtocolVersion?.bind(transport);
transport.setProtocolVersion = (negotiated) => {
  version = negotiated;
  settle?.(negotiated);
};

await step('initialize', async () => {
  await client.connect(transport);
  assert.equal(version, '2025-11-25');
  assert.ok(client.getServerVersion()?.name, 'the server has no name');
  return { server: client.getServerVersion(), capabilities: client.getServerCapabilities() };
});
if (version === undefined) finish();
const traffic = watched(transport);

await step('ping', () => client.ping());
await stepsOfBothEras({
  client,
  call,
  request: (method) => client.request({ method }, ResultSchema),
  traffic,
  notFound: [-32002, -32602],
});

await step('elicit: a form, accepted', async () => {
  person = () => ({ action: 'accept', content: { username: 'testuser', email: 'test@example.com' } });
  const answer = await text('test_elicitation', { message: 'Who are you?' });
  const { message, mode, requestedSchema } = asked.at(-1);
  assert.equal(message, 'Who are you?');
  assert.notEqual(mode, 'url');
  assert.equal(requestedSchema.type, 'object');
  assert.match(answer, /accept/);
  return answer;
});
await step('elicit: a form, declined', async () => {
  person = () => ({ action: 'decline' });
  const answer = await text('test_elicitation', { message: 'Who are you?' });
  assert.match(answer, /decline/);
  return answer;
});
await step('elicit: a URL', async () => {
  person = () => ({ action: 'accept' });
  const answer = await text('test_url_elicitation');
  const { mode, url, elicitationId, message } = asked.at(-1);
  assert.equal(mode, 'url');
  assert.ok(URL.canParse(url) && elicitationId && message, 'a member is missing');
  assert.match(answer, /accept/);
  return { url, elicitationId };
});
await step('elicit: a URL is required first', async () => {
  const error = await refused(call({ name: 'test_url_elicitation_required', arguments: {} }), -32042);
  const [first] = error.data.elicitations;
  assert.ok(first.mode === 'url' && URL.canParse(first.url) && first.elicitationId, JSON.stringify(first));
  return first;
});
await step('sampling', async () => {
  const answer = await text('test_sampling', { prompt: 'say it' });
  assert.match(answer, /heard: say it/);
  return answer;
});
await step('logging', async () => {
  await client.setLoggingLevel('info');
  await text('test_tool_with_logging');
  await until('three messages', () => logged.length >= 3);
  await client.setLoggingLevel('error');
  const before = logged.length;
  await text('test_tool_with_logging');
  assert.equal(logged.length, before, 'messages below the level came');
  return logged.map(({ level, data }) => [level, data]);
});
await step('subscribe, unsubscribe', async () => {
  await client.subscribeResource({ uri: 'test://watched-resource' });
  await client.unsubscribeResource({ uri: 'test://watched-resource' });
});
await step('the list of tools changes', async () => {
  await text('test_trigger_tool_change');
  await until('notifications/tools/list_changed', () => listChanges > 0);
});

if (server.url) {
  await step('resume after the stream broke', async () => text('test_reconnection'));
  await step('end the session', async () => {
    const session = transport.sessionId;
    assert.ok(session, 'no session');
    await transport.terminateSession();
    const { status } = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': session,
        'mcp-protocol-version': version,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 'late', method: 'tools/list' }),
    });
    assert.equal(status, 404);
    await client.close();
  });
} else {
  await step('end', () => endsWithItsInput(client, transport, surprises));
}
finish();
