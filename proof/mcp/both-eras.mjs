// The steps that both clients take in the same way. They know the fixtures of the conformance suite, and ours:
// test_structured {left, right} -> {sum}, test_slow {seconds}, and test://slow-cancelled, which counts the stopped calls.
import assert from 'node:assert/strict';
import { refused, step, until } from './judge.mjs';

const TEXT = 'This is a simple text response for testing.';

/**
 * @param client an official client, connected
 * @param call (parameters, options) => the result of tools/call
 * @param request (method) => the outcome of any request
 * @param traffic what `watched` records
 * @param notFound the codes allowed for a resource that is not there
 */
export async function stepsOfBothEras({ client, call, request, traffic, notFound }) {
  const text = async (name, given, options) => textOf(await call({ name, arguments: given }, options));

  await step('tools/list', async () => {
    const { tools } = await client.listTools();
    const names = tools.map((tool) => tool.name);
    for (const name of ['test_simple_text', 'test_structured', 'test_slow']) assert.ok(names.includes(name), `no ${name}`);
    assert.ok(tools.every((tool) => tool.description && tool.inputSchema.type === 'object'), 'a tool without description');
    const again = await client.listTools(undefined, { cacheMode: 'refresh' });
    assert.deepEqual(again.tools.map((tool) => tool.name), names, 'the order changed');
    return `${names.length} tools`;
  });
  await step('resources/list', async () => {
    const { resources } = await client.listResources();
    assert.ok(resources.some((resource) => resource.uri === 'test://static-text'), 'no test://static-text');
    return `${resources.length} resources`;
  });
  await step('resources/templates/list', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    const found = resourceTemplates.map((template) => template.uriTemplate);
    assert.ok(found.includes('test://template/{id}/data'), `templates: ${found}`);
    return found;
  });
  await step('prompts/list', async () => {
    const { prompts } = await client.listPrompts();
    const named = prompts.find((prompt) => prompt.name === 'test_prompt_with_arguments');
    assert.deepEqual(named?.arguments?.map((argument) => [argument.name, argument.required]), [['arg1', true], ['arg2', true]]);
    return `${prompts.length} prompts`;
  });

  await step('call: text', async () => {
    assert.equal(textOf(await call({ name: 'test_simple_text' })), TEXT);
  });
  await step('call: structured', async () => {
    const result = await call({ name: 'test_structured', arguments: { left: 2, right: 3 } });
    assert.deepEqual(result.structuredContent, { sum: 5 });
    assert.deepEqual(JSON.parse(textOf(result)), { sum: 5 }, 'the text is not the structure');
    return result.structuredContent;
  });
  await step('call: a tool that fails', async () => {
    const result = await call({ name: 'test_error_handling', arguments: {} });
    assert.equal(result.isError, true);
    return textOf(result);
  });
  await step('read: a resource', async () => {
    const { contents } = await client.readResource({ uri: 'test://static-text' });
    assert.equal(contents[0].text, 'This is the content of the static text resource.');
    assert.equal(contents[0].mimeType, 'text/plain');
  });
  await step('read: by template', async () => {
    const { contents } = await client.readResource({ uri: 'test://template/47/data' });
    assert.equal(contents[0].uri, 'test://template/47/data');
    assert.equal(JSON.parse(contents[0].text).id, '47');
  });
  await step('prompt', async () => {
    const { messages } = await client.getPrompt({
      name: 'test_prompt_with_arguments',
      arguments: { arg1: 'grüße', arg2: '世界' },
    });
    assert.equal(messages[0].content.text, "Prompt with arguments: arg1='grüße', arg2='世界'");
  });
  await step('completion', async () => {
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'te' },
    });
    assert.ok(Array.isArray(completion.values));
    return completion;
  });
  await step('progress', async () => {
    const from = traffic.received.length;
    let heard = 0;
    await text('test_tool_with_progress', {}, { onprogress: () => heard++ });
    // The clients forget a call's listener with its answer, so look at the wire: three reports, then the answer.
    const messages = traffic.received.slice(from).map(({ method, params }) => method && [params.progress, params.total]);
    assert.deepEqual(messages, [[0, 100], [50, 100], [100, 100], undefined]);
    assert.ok(heard >= 2, `the client heard ${heard} reports`);
  });

  await step('error: unknown tool', async () => {
    return (await refused(call({ name: 'no_such_tool', arguments: {} }), -32602)).message;
  });
  await step('error: unknown method', async () => {
    return (await refused(request('no/such/method'), -32601)).message;
  });
  await step('error: unknown resource', async () => {
    const uri = 'test://not-there';
    const error = await refused(client.readResource({ uri }), ...notFound);
    return error.message;
  });
  await step('error: unknown prompt', async () => {
    return (await refused(client.getPrompt({ name: 'no_such_prompt' }), -32602)).message;
  });
  await step('error: an argument against the schema', async () => {
    const result = await call({ name: 'test_structured', arguments: { left: 'hush-9f2c', right: 3 } });
    assert.equal(result.isError, true);
    assert.ok(!JSON.stringify(result).includes('hush-9f2c'), 'the answer repeats the value');
    assert.match(textOf(result), /left/, 'the answer does not name the argument');
    return textOf(result);
  });

  await step('cancel', () => cancel(client, call, traffic));
  await step('call: after all that', async () => {
    assert.equal(await text('test_simple_text', {}), TEXT);
  });
}

/** Aborts a slow call once it works; the work has to stop, and nothing more may be sent for it. */
async function cancel(client, call, traffic) {
  const stopped = async () => {
    const { contents } = await client.readResource({ uri: 'test://slow-cancelled' }, { cacheMode: 'refresh' });
    return Number(contents[0].text);
  };
  const before = await stopped();
  const abort = new AbortController();
  let working = false;
  const slow = call(
    { name: 'test_slow', arguments: { seconds: 60 } },
    { signal: abort.signal, onprogress: () => (working = true) },
  );
  slow.catch(() => {});
  await until('test_slow reports progress', () => working);
  const { id } = traffic.sent.findLast((message) => message.method === 'tools/call');
  const began = Date.now();
  abort.abort('the proof changed its mind');
  await assert.rejects(slow, 'the call was answered');
  const after = await until('the work stops', async () => (await stopped()) > before);
  assert.ok(after);
  const took = Date.now() - began;
  const answers = traffic.received.filter((message) => message.id === id && message.method === undefined);
  assert.deepEqual(answers, [], 'a cancelled call was answered');
  return `the work stopped within ${took} ms`;
}

/** The text of a result with exactly one text block first. */
export function textOf(result) {
  assert.equal(result.content?.[0]?.type, 'text', `no text in ${JSON.stringify(result)}`);
  return result.content[0].text;
}
