import type { Page } from '@playwright/test';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * Answers what a page asks for in the place of its server, until that is taken back. Playwright's routes would turn the browser's cache off,
 * and with it what it has compiled of the page before.
 * @param urlPattern an address, with `*` for any characters
 */
export async function answer(
  page: Page,
  urlPattern: string,
  give: (url: string) => Answer | Promise<Answer>,
): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  browser.on('Fetch.requestPaused', async ({ requestId, request }) => {
    const { status = 200, headers = {}, body } = await give(request.url);
    await browser
      .send('Fetch.fulfillRequest', {
        requestId,
        responseCode: status,
        responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
        body: Buffer.from(body as Uint8Array).toString('base64'),
      })
      // The page may have gone by then.
      .catch(() => undefined);
  });
  await browser.send('Fetch.enable', { patterns: [{ urlPattern }] });
  return () => browser.detach();
}

interface ServerAnswer extends Required<Answer> {
  readonly body: Buffer;
}

/** Answers as the server does, but for what is changed. */
export function answerChanged(page: Page, urlPattern: string, change: (answer: ServerAnswer) => Answer) {
  return answer(page, urlPattern, async (url) => {
    // The server ends connections that lie idle, at times as a request goes out on one: then that is made again.
    const response = await page.request.get(url, { maxRetries: 3 });
    return change({ status: response.status(), headers: response.headers(), body: await response.body() });
  });
}
