// Roost's dashboard: theme, times, and news from the server. Runs before the page is drawn, so it starts with the theme.
(() => {
  'use strict';
  const root = document.documentElement;
  const kept = {
    get: () => { try { return localStorage.getItem('roost-theme') || ''; } catch { return ''; } },
    set: (theme) => { try { theme ? localStorage.setItem('roost-theme', theme) : localStorage.removeItem('roost-theme'); } catch { /* not kept */ } },
  };
  const words = { '': 'as the system', light: 'light', dark: 'dark' };
  const show = (theme) => { theme === 'light' || theme === 'dark' ? (root.dataset.theme = theme) : delete root.dataset.theme; };
  show(kept.get());

  // Times: "3 min ago", counted on. The exact time is in the title, as on this device.
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const relative = (seconds) => {
    const size = Math.abs(seconds);
    if (size < 5) return 'now';
    const at = units.findIndex(([, length]) => size >= length);
    const [name, length] = units[at];
    let text = Math.floor(size / length) + ' ' + name;
    const rest = Math.floor((size % length) / (units[at + 1] || [0, 1])[1]);
    if (rest && (name === 'h' || name === 'd') && Math.floor(size / length) < 10) text += ' ' + rest + ' ' + units[at + 1][0];
    return seconds < 0 ? text + ' ago' : 'in ' + text;
  };
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
  const tellTimes = (within) => {
    // The server's clock may differ from this one (and does, with a simulated X): what counts is the difference.
    for (const time of within.querySelectorAll('time[data-relative]')) {
      const at = Date.parse(time.dateTime);
      const text = relative((at - Date.now() - skew) / 1000);
      if (time.textContent !== text) time.textContent = text;
      if (!time.dataset.told) { time.title = exact.format(at); time.dataset.told = '1'; }
    }
    for (const time of within.querySelectorAll('time[data-clock]:not([data-told])')) {
      time.textContent = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.parse(time.dateTime));
      time.dataset.told = '1';
    }
  };
  let skew = 0;

  document.addEventListener('DOMContentLoaded', () => {
    const body = document.body;
    const button = document.querySelector('[data-theme-button]');
    const label = () => button && button.setAttribute('aria-label', 'Theme: ' + words[kept.get()] + '. Change');
    label();
    button?.addEventListener('click', () => {
      const order = ['', 'light', 'dark'];
      const next = order[(order.indexOf(kept.get()) + 1) % order.length];
      kept.set(next);
      show(next);
      label();
    });
    const now = Date.parse(document.querySelector('meta[name="now"]')?.content || '');
    if (now) skew = now - Date.now();
    tellTimes(document);
    setInterval(() => tellTimes(document), 1000);

    document.addEventListener('click', (event) => {
      event.target.closest('[data-dismiss]')?.closest('.notice')?.remove();
      const menu = document.querySelector('.who[open]');
      if (menu && !menu.contains(event.target)) menu.open = false;
    });
    document.addEventListener('keydown', (event) => {
      const menu = document.querySelector('.who[open]');
      if (event.key === 'Escape' && menu) { menu.open = false; menu.querySelector('summary').focus(); }
    });

    // htmx: each request proves that it comes from this page; what has not changed is not drawn again.
    const token = document.querySelector('meta[name="csrf-token"]')?.content || '';
    const before = new Map();
    body.addEventListener('htmx:configRequest', (event) => { event.detail.headers['X-CSRF-Token'] = token; });
    body.addEventListener('htmx:beforeSwap', (event) => {
      const { xhr, target, requestConfig } = event.detail;
      if (requestConfig?.verb !== 'get' || xhr.status !== 200 || !target.id) return;
      const text = xhr.responseText.replace(/ data-now="[^"]*"/g, '');
      if (before.get(target.id) === text) event.detail.shouldSwap = false;
      before.set(target.id, text);
    });
    const opened = new Set();
    body.addEventListener('htmx:beforeSwap', (event) => {
      opened.clear();
      for (const one of event.detail.target?.querySelectorAll?.('details[id][open]') || []) opened.add(one.id);
    });
    body.addEventListener('htmx:afterSwap', (event) => {
      for (const id of opened) { const one = document.getElementById(id); if (one) one.open = true; }
      tellTimes(event.detail.elt?.isConnected ? event.detail.elt : document);
    });
    // The address follows a search, so that reloading and going back find it again.
    body.addEventListener('htmx:afterSettle', (event) => {
      const { requestConfig, target } = event.detail;
      const address = document.getElementById(target?.id)?.getAttribute('hx-get');
      if (address && requestConfig?.elt?.matches?.('[data-replace-address]')) history.replaceState(null, '', address);
    });
    // What was just done is told once.
    if (new URLSearchParams(location.search).has('done')) history.replaceState(null, '', location.pathname);
    body.addEventListener('htmx:sendError', () => stale('Roost does not answer.'));

    if (body.dataset.live) listen(body.dataset.live);
  });

  // News. The server says something every few seconds; when it does not, the page says that it is old.
  const PATIENCE = 12000;
  let source, heard = 0, asked = 0, pending = 0;
  const sign = (state, word) => {
    const live = document.getElementById('live');
    if (live && live.dataset.state !== state) { live.dataset.state = state; live.querySelector('.live-word').textContent = word; }
  };
  const stale = (why) => {
    sign('stale', 'Not live');
    root.classList.add('is-stale');
    const banner = document.getElementById('stale');
    if (banner) { document.getElementById('stale-text').textContent = why + ' What you see may be old.'; banner.hidden = false; }
  };
  const fresh = () => {
    heard = Date.now();
    sign('live', 'Live');
    root.classList.remove('is-stale');
    const banner = document.getElementById('stale');
    if (banner) banner.hidden = true;
  };
  const tell = () => {
    // At most twice a second, and the last change is never left out.
    clearTimeout(pending);
    pending = setTimeout(() => { asked = Date.now(); document.body.dispatchEvent(new CustomEvent('roost-change')); }, Math.max(0, asked + 500 - Date.now()));
  };
  const listen = (path) => {
    source?.close();
    source = new EventSource(path);
    let first = true;
    source.addEventListener('beat', fresh);
    source.addEventListener('hello', () => { fresh(); if (!first || heard === 0) tell(); first = false; });
    source.addEventListener('change', () => { fresh(); tell(); });
    source.addEventListener('over', (event) => {
      source.close();
      stale(event.data || 'The session is over; sign in again.');
    });
    source.onerror = () => {
      stale('The connection to Roost is interrupted.');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(path), 5000);
    };
    heard = heard || Date.now();
  };
  setInterval(() => { if (source && heard && Date.now() - heard > PATIENCE) stale('Nothing was heard from Roost for a while.'); }, 1000);
  document.addEventListener('click', (event) => { if (event.target.closest('[data-reconnect]')) listen(document.body.dataset.live); });
  // A browser opens few connections to one host: a page that nobody looks at gives its one back.
  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (!document.body.dataset.live) return;
    if (document.hidden) hiding = setTimeout(() => { source?.close(); source = undefined; }, 15000);
    else if (!source) listen(document.body.dataset.live);
  });
  window.addEventListener('pagehide', () => source?.close());
  window.addEventListener('pageshow', (event) => { if (event.persisted && document.body.dataset.live) listen(document.body.dataset.live); });
})();
