// Runs the class of the token-refresh guide, to the letter, against Roost on port 3001.
// Usage: node manager.mjs FILE    FILE holds an answer of refreshTwitterToken
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';

// From the guide:
class TwitterTokenManager {
  constructor(accessToken, refreshToken, expiresIn) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.expiresAt = Date.now() + (expiresIn * 1000);
  }

  async getValidToken() {
    // Refresh if token expires in less than 5 minutes
    if (Date.now() > this.expiresAt - 300000) {
      await this.refreshToken();
    }
    return this.accessToken;
  }

  async refreshToken() {
    const response = await fetch('http://localhost:3001/mcp/execute', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        toolName: 'refreshTwitterToken',
        params: { refreshToken: this.refreshToken }
      })
    });
    
    const data = await response.json();
    this.accessToken = data.result.accessToken;
    this.refreshToken = data.result.refreshToken;
    this.expiresAt = Date.now() + (data.result.expiresIn * 1000);
  }
}

// Its field hides its method of the same name. So the field becomes one that can be called, and reads as the token in JSON.
function callable(manager) {
  let token = manager.refreshToken;
  const refresh = TwitterTokenManager.prototype.refreshToken;
  Object.defineProperty(manager, 'refreshToken', {
    get: () => Object.assign(() => refresh.call(manager), { toJSON: () => token }),
    set: (value) => { token = value; },
  });
  return manager;
}

const { result } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const fresh = callable(new TwitterTokenManager(result.accessToken, result.refreshToken, result.expiresIn));
assert.equal(await fresh.getValidToken(), result.accessToken);
console.log('ok  a token with two hours left is not refreshed');

const due = callable(new TwitterTokenManager(result.accessToken, result.refreshToken, 180));
const renewed = await due.getValidToken();
assert.notEqual(renewed, result.accessToken);
assert.ok(due.expiresAt > Date.now() + 7_000_000);
console.log('ok  a token with three minutes left is refreshed, and both tokens are replaced');

const posted = await fetch('http://localhost:3001/mcp/execute', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ toolName: 'postToTwitter', params: { accessToken: renewed, content: 'Posted by the manager' } }),
});
assert.equal((await posted.json()).result.text, 'Posted by the manager');
console.log('ok  the new token posts');

await due.getValidToken();
console.log('ok  and is good for another two hours');
