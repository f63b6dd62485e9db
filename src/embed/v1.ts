/**
 * For the pages that embeds stand in: `embed/v1.js` of the built site, which imports nothing. It defines `<depth-scope>` and exports `connect`; both speak the
 * protocol of `docs/embed.md`, as anybody may without it. Its few words come from attributes.
 */

type Listener = (data: unknown) => void;

/** An embed that has answered. */
export interface Connection {
  /** The requests that it knows. */
  readonly capabilities: readonly string[];
  request(method: string, params?: object): Promise<unknown>;
  /** @returns ends the listening */
  on(event: string, listener: Listener): () => void;
  close(): void;
}

export interface ConnectOptions {
  /** Milliseconds until an embed that does not answer is given up. */
  readonly timeout?: number;
}

/** Codes are the interface, messages are not. */
class DepthscopeError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const EVERY_MS = 500;
let connections = 0;

/**
 * Connects to an embed in a frame, however long ago it was loaded.
 * @throws an error with the code `timeout` where it does not answer
 */
export function connect(frame: HTMLIFrameElement, { timeout = 30_000 }: ConnectOptions = {}): Promise<Connection> {
  const id = `${Date.now()}-${++connections}`;
  return new Promise((resolve, reject) => {
    const ask = () => frame.contentWindow?.postMessage({ depthscope: 1, type: 'connect', id }, '*');
    const asking = setInterval(ask, EVERY_MS);
    const end = () => {
      clearInterval(asking);
      clearTimeout(giveUp);
      removeEventListener('message', hear);
    };
    const giveUp = setTimeout(() => {
      end();
      reject(new DepthscopeError('timeout', `The embed did not answer within ${timeout / 1000} seconds.`));
    }, timeout);
    const hear = ({ source, data, ports }: MessageEvent) => {
      const [port] = ports;
      if (
        source !== frame.contentWindow ||
        data?.depthscope !== 1 ||
        data.type !== 'connected' ||
        data.id !== id ||
        !port
      )
        return;
      end();
      resolve(talk(port, data.capabilities));
    };
    addEventListener('message', hear);
    ask();
  });
}

function talk(port: MessagePort, capabilities: readonly string[]): Connection {
  const listeners = new Map<string, Set<Listener>>();
  const waiting = new Map<number, readonly [(result: unknown) => void, (error: Error) => void]>();
  /** What was said last of each event: whoever listens later is told that. */
  const last = new Map<string, unknown>();
  let requests = 0;
  port.onmessage = ({ data: { id, result, error, event, data } }) => {
    if (event) {
      last.set(event, data);
      for (const listener of listeners.get(event) ?? []) listener(data);
      return;
    }
    const [resolve, reject] = waiting.get(id) ?? [];
    waiting.delete(id);
    if (error) reject?.(new DepthscopeError(error.code, error.message));
    else resolve?.(result);
  };
  return {
    capabilities,
    request(method, params = {}) {
      const id = ++requests;
      port.postMessage({ id, method, params });
      return new Promise((...ends) => waiting.set(id, ends));
    },
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      if (event === 'ready' && last.has(event)) listener(last.get(event));
      return () => all.delete(listener);
    },
    close() {
      port.close();
      for (const [, reject] of waiting.values()) reject(new DepthscopeError('closed', 'The connection was closed.'));
    },
  };
}

const site = new URL('../', import.meta.url);
const allow = 'cross-origin-isolated; fullscreen; clipboard-write; web-share';
const passed = ['show', 'ui', 'theme', 'locale', 'instrument'];
const switches = ['autoplay', 'parallel'];
const events = ['ready', 'change', 'phase', 'step', 'result', 'prediction', 'completed', 'resize', 'reload', 'error'];

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':host{display:block;position:relative;contain:content;min-height:15rem}' +
    ':host([hidden]){display:none}' +
    '::slotted(iframe){display:block;width:100%;border:0}' +
    'img{display:block;width:100%;height:auto}' +
    'button{position:absolute;inset:auto auto 1rem 1rem;padding:.6em 1.2em;font:inherit;cursor:pointer}',
);

const slot = (name = ''): HTMLSlotElement => Object.assign(document.createElement('slot'), { name });

/** An embed that costs nothing until it is in sight, or until somebody presses its button (`loading="click"`). What stands in it is shown until then, and where it fails. */
class DepthScope extends HTMLElement {
  static readonly observedAttributes = ['experiment', 'theme', 'locale'];
  /** Of the embed that is on show; rejected where it does not answer. */
  readonly connected: Promise<Connection>;
  #frame: HTMLIFrameElement | null = null;
  #connection: Connection | null = null;
  #settle!: { readonly resolve: (connection: Connection) => void; readonly reject: (error: Error) => void };
  #sight: IntersectionObserver | null = null;

  constructor() {
    super();
    this.connected = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Who does not ask is not to be told in the console, too.
    this.connected.catch(() => undefined);
    this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  }

  connectedCallback(): void {
    this.#showFacade();
    if (this.getAttribute('loading') === 'click') return;
    this.#sight = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && this.load(), {
      rootMargin: '200px',
    });
    this.#sight.observe(this);
  }

  disconnectedCallback(): void {
    this.#sight?.disconnect();
    this.#connection?.close();
    this.#connection = null;
    this.#frame?.remove();
    this.#frame = null;
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (before === value || value === null || !this.#connection) return;
    const request =
      name === 'experiment'
        ? this.#connection.request('open', { link: value })
        : this.#connection.request('set', { [name]: value });
    request.catch((error: DepthscopeError) => this.#say('error', { code: error.code, message: error.message }));
  }

  /** The address of the embed. */
  get src(): string {
    const url = new URL(this.getAttribute('site') ?? '', site);
    url.searchParams.set('embed', '1');
    for (const name of passed) if (this.hasAttribute(name)) url.searchParams.set(name, this.getAttribute(name) ?? '');
    for (const name of switches) if (this.hasAttribute(name)) url.searchParams.set(name, '1');
    if (origin !== 'null') url.searchParams.set('origin', origin);
    const experiment = this.getAttribute('experiment') ?? '';
    url.hash = experiment.slice(experiment.indexOf('#') + 1);
    return url.href;
  }

  /** Shows the embed now. */
  load(): void {
    if (this.#frame) return;
    this.#sight?.disconnect();
    const frame = document.createElement('iframe');
    frame.title = this.getAttribute('caption') ?? 'Depthscope';
    frame.allow = allow;
    frame.src = this.src;
    frame.style.height = `${this.getAttribute('height') ?? 420}px`;
    frame.slot = 'embed';
    this.#frame = frame;
    // Not in the shadow: embeds find each other among the frames of the page, and a shadow's are none of those.
    this.append(frame);
    this.shadowRoot?.replaceChildren(slot('embed'));
    this.#connect(frame);
  }

  #connect(frame: HTMLIFrameElement): void {
    const timeout = Number(this.getAttribute('timeout') ?? 30) * 1000;
    connect(frame, { timeout }).then(
      (connection) => this.#open(frame, connection),
      (error) => this.#fail(error),
    );
  }

  #open(frame: HTMLIFrameElement, connection: Connection): void {
    this.#connection = connection;
    for (const event of events) connection.on(event, (detail) => this.#say(event, detail));
    // In another language it is another document, with another port.
    connection.on('reload', () => frame.addEventListener('load', () => this.#connect(frame), { once: true }));
    if (!this.hasAttribute('height')) {
      const fit = (data: unknown) => {
        frame.style.height = `${(data as { readonly height: number }).height}px`;
      };
      connection.on('resize', fit);
      connection.on('ready', fit);
    }
    this.#settle.resolve(connection);
  }

  #fail(error: DepthscopeError): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#showFacade();
    this.setAttribute('failed', error.code);
    this.#say('error', { code: error.code, message: error.message });
    this.#settle.reject(error);
  }

  /** What the embed says, as `depthscope-ready` and so on. */
  #say(event: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`depthscope-${event}`, { detail }));
  }

  #showFacade(): void {
    const parts: Element[] = [];
    const poster = this.getAttribute('poster');
    if (poster !== null)
      parts.push(Object.assign(new Image(), { src: poster, alt: this.getAttribute('caption') ?? '' }));
    parts.push(slot());
    const button = Object.assign(document.createElement('button'), {
      textContent: this.getAttribute('label') ?? 'Run',
    });
    button.addEventListener('click', () => {
      this.removeAttribute('failed');
      this.load();
    });
    parts.push(button);
    this.shadowRoot?.replaceChildren(...parts);
  }
}

if (!customElements.get('depth-scope')) customElements.define('depth-scope', DepthScope);
