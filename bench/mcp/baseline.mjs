// The baseline that Roost's MCP server is measured against: the six tools of mcp-twitter-noauth in a Node server, written
// with the official 1.x SDK as its examples are. Every call brings its token and goes to X, at the address in X_BASE.
// Usage: node baseline.mjs [--http PORT]      over stdio unless a port is given; over HTTP each client has a session
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const base = process.env.X_BASE;
if (!base) {
  console.error('baseline: X_BASE is not set; it is the address of X, or of a simulator, without a path');
  process.exit(2);
}

const text = (description) => z.string().describe(description);
const accessToken = text('Twitter OAuth2 access token');
const maxResults = z.number().int().optional().describe('Maximum number of tweets to return (default: 10)');
const ofUser = {
  twitter_access_token: accessToken,
  user_id: text('Twitter user ID (optional if username is provided)').optional(),
  username: text('Twitter username/handle (optional if user_id is provided)').optional(),
  max_results: maxResults,
};
const USER_FIELDS = 'id,name,username';

function newServer() {
  const server = new McpServer({ name: 'twitter', version: '0.1.0' });
  const tool = (name, description, inputSchema, work) =>
    server.registerTool(name, { description, inputSchema }, async (given) => {
      try {
        return { content: [{ type: 'text', text: JSON.stringify(await work(given)) }] };
      } catch (error) {
        const failure = { error: error.message, status: 'error' };
        return { content: [{ type: 'text', text: JSON.stringify(failure) }], isError: true };
      }
    });

  tool(
    'twitter_refresh_token',
    'Refresh the access token using the refresh token and client credentials',
    {
      twitter_access_token: text('Twitter OAuth2 access token (optional if expired)').optional(),
      twitter_refresh_token: text('Twitter OAuth2 refresh token'),
      twitter_client_id: text('Twitter OAuth2 client ID for token refresh'),
      twitter_client_secret: text('Twitter OAuth2 client secret (required only for confidential clients)').optional(),
    },
    refresh,
  );
  tool(
    'twitter_search_tweets',
    'Search for tweets using the Twitter API',
    { twitter_access_token: accessToken, query: text('The search query to execute'), max_results: maxResults },
    ({ twitter_access_token, query, max_results }) =>
      get('/2/tweets/search/recent', twitter_access_token, {
        query,
        max_results: max_results ?? 10,
        'tweet.fields': 'id,text,created_at,author_id',
        expansions: 'author_id',
        'user.fields': USER_FIELDS,
      }),
  );
  tool('twitter_get_user_tweets', 'Get recent tweets by a specific user', ofUser, async (given) =>
    get(`/2/users/${await userId(given)}/tweets`, given.twitter_access_token, {
      max_results: given.max_results ?? 10,
      'tweet.fields': 'id,text,created_at,conversation_id',
      expansions: 'author_id',
      'user.fields': USER_FIELDS,
    }),
  );
  tool('twitter_get_user_replies', 'Get recent replies by a specific user', ofUser, async (given) =>
    get('/2/tweets/search/recent', given.twitter_access_token, {
      query: `from:${await userId(given)} is:reply`,
      max_results: given.max_results ?? 10,
      'tweet.fields': 'id,text,created_at,in_reply_to_user_id,conversation_id',
      expansions: 'author_id,in_reply_to_user_id,referenced_tweets.id',
      'user.fields': USER_FIELDS,
    }),
  );
  tool(
    'twitter_post_tweet',
    'Post a new tweet',
    { twitter_access_token: accessToken, text: text('The tweet text content') },
    (given) => post(given.twitter_access_token, { text: given.text }),
  );
  tool(
    'twitter_reply_to_tweet',
    'Reply to an existing tweet',
    {
      twitter_access_token: accessToken,
      tweet_id: text('ID of the tweet to reply to'),
      text: text('The reply text content'),
    },
    (given) =>
      post(given.twitter_access_token, { text: given.text, reply: { in_reply_to_tweet_id: given.tweet_id } }),
  );
  return server;
}

async function answer(response) {
  if (!response.ok) throw new Error(`${response.status} ${response.statusText} for url: ${response.url}`);
  return response.json();
}

async function get(path, token, parameters) {
  const url = `${base}${path}?${new URLSearchParams(parameters)}`;
  return answer(await fetch(url, { headers: { authorization: `Bearer ${token}` } }));
}

async function post(token, tweet) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return answer(await fetch(`${base}/2/tweets`, { method: 'POST', headers, body: JSON.stringify(tweet) }));
}

async function userId({ twitter_access_token, user_id, username }) {
  if (user_id) return user_id;
  if (!username) throw new Error('Either user_id or username is required');
  const name = encodeURIComponent(username.replace(/^@/, ''));
  const found = await get(`/2/users/by/username/${name}`, twitter_access_token, { 'user.fields': USER_FIELDS });
  return found.data.id;
}

async function refresh({ twitter_refresh_token, twitter_client_id, twitter_client_secret }) {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: twitter_refresh_token });
  const headers = {};
  if (twitter_client_secret) {
    headers.authorization = `Basic ${Buffer.from(`${twitter_client_id}:${twitter_client_secret}`).toString('base64')}`;
  } else {
    body.set('client_id', twitter_client_id);
  }
  const tokens = await answer(await fetch(`${base}/2/oauth2/token`, { method: 'POST', headers, body }));
  return {
    access_token: tokens.access_token,
    expires_at: new Date(Date.now() + tokens.expires_in * 1000).toISOString(),
    expires_in: tokens.expires_in,
    refresh_token: tokens.refresh_token ?? twitter_refresh_token,
    scope: tokens.scope ?? '',
    status: 'success',
  };
}

async function serveHttp(port) {
  const { createServer } = await import('node:http');
  const { randomUUID } = await import('node:crypto');
  const { StreamableHTTPServerTransport } = await import('@modelcontextprotocol/sdk/server/streamableHttp.js');
  const sessions = new Map();
  const http = createServer(async (request, response) => {
    const known = request.headers['mcp-session-id'];
    if (known && !sessions.has(known)) return void response.writeHead(404).end();
    let transport = sessions.get(known);
    if (!transport) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        enableJsonResponse: true, // a plain answer costs it less than a stream
        onsessioninitialized: (id) => void sessions.set(id, transport),
        onsessionclosed: (id) => void sessions.delete(id),
      });
      await newServer().connect(transport);
    }
    await transport.handleRequest(request, response);
  });
  http.listen(port, '127.0.0.1', () => console.error(`baseline: listening on http://127.0.0.1:${http.address().port}/mcp`));
}

const [option, port] = process.argv.slice(2);
if (option === '--http' && /^\d{1,5}$/.test(port ?? '')) {
  await serveHttp(Number(port));
} else if (option === undefined) {
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  await newServer().connect(new StdioServerTransport());
} else {
  console.error('usage: node baseline.mjs [--http PORT]');
  process.exit(2);
}
