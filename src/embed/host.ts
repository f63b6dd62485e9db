/**
 * Talks with the page around an embed. It answers whoever is its parent, and, where the address names an origin, only a parent from there; then
 * everything goes through a port of that parent's own, so that what several embeds say cannot be mixed up.
 */
import * as v from 'valibot';
import { messageOf } from '../experiment/problem.ts';
import {
  connectSchema,
  type ErrorCode,
  HostError,
  type Method,
  methods,
  type Params,
  PROTOCOL,
  requestSchema,
} from './protocol.ts';

/** What can be asked of an embed. */
export type Handlers = { readonly [M in Method]: (params: Params<M>, peer: Peer) => unknown };

/** Somebody who has connected. */
export interface Peer {
  /** Wants an event for every step. */
  wantsSteps: boolean;
}

export interface Host {
  /** To everybody who has connected. */
  tell(event: string, data: object): void;
  /** The height that suits the embed at its present width, in pixels, to the kinds of pages that listen for it without connecting. */
  tellHeight(height: number): void;
}

export interface HostOptions {
  /** Of the page that may talk; null for any. */
  readonly origin: string | null;
  readonly handlers: Handlers;
  /** What is said first, to each: events, with what they say. */
  readonly greeting: () => readonly (readonly [event: string, data: object])[];
  /** WordPress gives each frame one, and hears only whoever knows it. */
  readonly secret: string | null;
}

/** A page that connects this often is lost, or wants to do harm. */
const MOST_PEERS = 8;
/** Requests in a second that are answered, of each. */
const MOST_REQUESTS = 50;

/** Starts to listen. */
export function startHost({ origin, handlers, greeting, secret }: HostOptions): Host {
  const peers = new Map<string | number, { readonly port: MessagePort; readonly peer: Peer }>();
  const parent = window.parent === window ? null : window.parent;

  const send = (event: string, data: object): void => {
    for (const { port, peer } of peers.values()) {
      if (event !== 'step' || peer.wantsSteps) port.postMessage({ event, data });
    }
  };

  function connect(id: string | number, target: string): void {
    if (peers.has(id) || peers.size >= MOST_PEERS) return;
    const { port1: port, port2 } = new MessageChannel();
    const peer: Peer = { wantsSteps: false };
    const isOften = counter(() =>
      port.postMessage(failed(null, new HostError('flood', 'Too many requests: some are not answered.'))),
    );
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const request = v.safeParse(requestSchema, data);
      if (request.success && !isOften()) void answer(port, peer, request.output);
    };
    peers.set(id, { port, peer });
    const capabilities = Object.keys(methods);
    parent?.postMessage({ depthscope: PROTOCOL, type: 'connected', id, version: PROTOCOL, capabilities }, target, [
      port2,
    ]);
    for (const [event, data] of greeting()) port.postMessage({ event, data });
  }

  async function answer(
    port: MessagePort,
    peer: Peer,
    { id, method, params }: v.InferOutput<typeof requestSchema>,
  ): Promise<void> {
    try {
      const result = await handle(method, params, peer);
      port.postMessage({ id, result: result ?? null });
    } catch (error) {
      port.postMessage(failed(id, error));
    }
  }

  function handle(method: string, params: unknown, peer: Peer): unknown {
    if (!Object.hasOwn(methods, method)) throw new HostError('unknownMethod', `There is no request “${method}”.`);
    const known = method as Method;
    const read = v.safeParse(methods[known] as v.GenericSchema, params);
    if (!read.success) {
      const [issue] = read.issues;
      throw new HostError(
        'badParams',
        `${issue.path?.map(({ key }) => String(key)).join('.') ?? 'params'}: ${issue.message}`,
      );
    }
    return (handlers[known] as (params: unknown, peer: Peer) => unknown)(read.output, peer);
  }

  addEventListener('message', (event) => {
    if (!parent || event.source !== parent || (origin !== null && event.origin !== origin)) return;
    const read = v.safeParse(connectSchema, event.data);
    if (read.success) connect(read.output.id, event.origin === 'null' ? '*' : event.origin);
  });
  if (secret !== null) {
    // A frame of WordPress may open no window; it asks the page to follow the link.
    document.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link) return;
      event.preventDefault();
      parent?.postMessage({ message: 'link', value: link.href, secret }, '*');
    });
  }

  return {
    tell: send,
    tellHeight(height) {
      send('resize', { height });
      if (secret !== null) parent?.postMessage({ message: 'height', value: height, secret }, '*');
      // Canvas, and whatever else speaks for an LTI frame.
      parent?.postMessage({ subject: 'lti.frameResize', height }, '*');
    },
  };
}

const failed = (id: string | number | null, error: unknown): object => {
  const { code, message }: { code: ErrorCode; message: string } =
    error instanceof HostError ? error : { code: 'lost', message: messageOf(error) };
  return id === null ? { event: 'error', data: { code, message } } : { id, error: { code, message } };
};

/** Whether there have been too many in this second. @param onFlood told of the first that is */
function counter(onFlood: () => void): () => boolean {
  let since = 0;
  let count = 0;
  return () => {
    const now = performance.now();
    if (now - since > 1000) [since, count] = [now, 0];
    count++;
    if (count === MOST_REQUESTS + 1) onFlood();
    return count > MOST_REQUESTS;
  };
}
