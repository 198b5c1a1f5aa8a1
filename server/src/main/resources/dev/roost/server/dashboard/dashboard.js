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
    // What a person has opened, scrolled and focused stays so: htmx puts the focus back before the tables are open again.
    const opened = new Set(), scrolled = new Map();
    let focused = '';
    body.addEventListener('htmx:beforeSwap', (event) => {
      const target = event.detail.target;
      opened.clear();
      scrolled.clear();
      focused = target?.contains?.(document.activeElement) ? document.activeElement.id : '';
      for (const one of target?.querySelectorAll?.('details[id][open]') || []) opened.add(one.id);
      for (const one of target?.querySelectorAll?.('.table-wrap[id]') || []) scrolled.set(one.id, one.scrollTop);
    });
    body.addEventListener('htmx:afterSwap', (event) => {
      for (const id of opened) { const one = document.getElementById(id); if (one) one.open = true; }
      for (const [id, top] of scrolled) { const one = document.getElementById(id); if (one) one.scrollTop = top; }
      if (focused && document.activeElement === body) document.getElementById(focused)?.focus({ preventScroll: true });
      tellTimes(event.detail.elt?.isConnected ? event.detail.elt : document);
    });
    // An error is told until something works again.
    body.addEventListener('htmx:afterRequest', (event) => {
      if (event.detail.successful) document.getElementById('notices')?.replaceChildren();
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
  const PATIENCE = 12000, AGAIN = 5000;
  let source, heard = 0, asked = 0, pending = 0, retry = 0;
  const sign = (state, word) => {
    const live = document.getElementById('live');
    if (live && live.dataset.state !== state) { live.dataset.state = state; live.querySelector('.live-word').textContent = word; }
  };
  const isStale = () => root.classList.contains('is-stale');
  // The first reason stays until the page is live again: a text that is written anew is read aloud anew.
  const stale = (why, isLast) => {
    if (isStale() && !isLast) return;
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
  const asks = [];
  const ask = () => {
    asked = Date.now();
    asks.push(asked);
    if (asks.length > 4) asks.shift();
    document.body.dispatchEvent(new CustomEvent('roost-change'));
  };
  const tell = () => {
    // At once while little happens, every two seconds while much does. The last change is never left out.
    const isBusy = asks.length === 4 && Date.now() - asks[0] < 6000;
    clearTimeout(pending);
    pending = setTimeout(ask, Math.max(0, asked + (isBusy ? 2000 : 500) - Date.now()));
  };
  const end = () => { clearTimeout(retry); source?.close(); source = undefined; };
  // A stream that is refused does not say why, and a request does: who is not signed in any more is led to the sign-in.
  const why = async (path, mine) => {
    try {
      const answer = await fetch(path, { method: 'HEAD', headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href }, cache: 'no-store' });
      const door = answer.status === 401 && answer.headers.get('HX-Redirect');
      if (door && source === mine) { location.assign(door); return; }
    } catch { /* it is tried again */ }
    if (source === mine) retry = setTimeout(() => listen(path), AGAIN);
  };
  const listen = (path) => {
    end();
    const mine = source = new EventSource(path);
    heard = Date.now();
    mine.addEventListener('beat', fresh);
    // What happened since the page was made, or since the last stream, is not told: so it is fetched.
    mine.addEventListener('hello', () => { fresh(); tell(); });
    mine.addEventListener('change', () => { fresh(); tell(); });
    mine.addEventListener('over', (event) => { end(); stale(event.data || 'The session is over; sign in again.', true); });
    mine.onerror = () => {
      if (source !== mine) return;
      stale('The connection to Roost is interrupted.');
      if (mine.readyState === EventSource.CLOSED) why(path, mine);
    };
  };
  setInterval(() => { if (source && !document.hidden && Date.now() - heard > PATIENCE) stale('Nothing was heard from Roost for a while.'); }, 1000);
  document.addEventListener('click', (event) => { if (event.target.closest('[data-reconnect]')) listen(document.body.dataset.live); });
  // A browser opens few connections to one host: a page that nobody looks at gives its one back.
  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (!document.body.dataset.live) return;
    if (document.hidden) hiding = setTimeout(end, 15000);
    else if (source) heard = Date.now();
    else listen(document.body.dataset.live);
  });
  window.addEventListener('pagehide', end);
  window.addEventListener('pageshow', (event) => { if (event.persisted && document.body.dataset.live) listen(document.body.dataset.live); });
})();
