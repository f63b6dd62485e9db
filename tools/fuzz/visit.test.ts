import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../browser.ts';
import { visit } from './visit.ts';

/** What a button of a page does, and the words of the fault that it is. */
const buttons: readonly (readonly [string, RegExp])[] = [
  [`setTimeout(() => { throw new Error('boom'); })`, /uncaught error: .*boom/],
  [`Promise.reject(new Error('boom'))`, /uncaught error: .*boom/],
  [`console.error('boom')`, /error on the console: boom/],
  [`new Image().src = 'https://elsewhere.test/a.png'`, /against the content security policy: img-src https:/],
  // So much work, whatever the clock says: on a busy machine a thread computes less than time passes. Each sum of fractions waits for the one before.
  [`this.disabled = true; for (let count = 0.5; count < 6e8; count++);`, /the main thread was busy for [\d,]+ ms/],
  [`document.body.replaceChildren()`, /neither a heading nor main content/],
];

let server: Server;
let browser: Browser;
let script = '';

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Security-Policy', "default-src 'self' 'unsafe-inline'");
    response.end(`<h1>A page</h1><button>Press</button><script>
      document.querySelector('button').onclick = function () { ${script} };
    </script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Shorter than the usual ones, so that nobody waits for long: the page is small. */
const limits = { busy: 300, drawn: 3000 };

function visited(code: string, seed = 1) {
  script = code;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return visit(browser, url, { seed, actions: 8, until: Number.POSITIVE_INFINITY, onAction: () => undefined, limits });
}

describe('a visit', { timeout: 300_000 }, () => {
  it.each(buttons)('finds what is wrong with a button that does %s', async (code, words) => {
    const { faults, done } = await visited(code);
    expect(faults.map((fault) => fault.words).join('\n')).toMatch(words);
    const [fault] = faults;
    expect(done[fault?.action ?? 0]).toMatch(/button “Press”|press (Enter|Space)/);
  });

  it('finds nothing wrong with a page that is right, and does the same again', async () => {
    const first = await visited('document.querySelector("h1").append("!")');
    expect(first.faults).toEqual([]);
    expect(first.actions).toBe(8);
    expect((await visited('document.querySelector("h1").append("!")')).done).toEqual(first.done);
    expect((await visited('', 2)).done).not.toEqual(first.done);
  });
});
