import { afterAll, afterEach, expect, it } from 'vitest';
import { connectWorker, startAhead } from '../../app/connectWorker.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { defaultExperiment } from '../../experiment/presets.ts';
import { unpackRecords } from './batch.ts';
import type { LabEvent, RunRequest } from './protocol.ts';

const dataUrl = new URL('/data/', location.href).href;

/** Every worker that is started, so that a test can look behind the client. */
const workers: Worker[] = [];
const OriginalWorker = globalThis.Worker;
globalThis.Worker = new Proxy(OriginalWorker, {
  construct(target, args) {
    const worker: Worker = Reflect.construct(target, args);
    workers.push(worker);
    return worker;
  },
});
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});
afterAll(() => {
  globalThis.Worker = OriginalWorker;
});

function connect(url: string) {
  const client = connectWorker(url);
  const events: LabEvent[] = [];
  client.listen((event) => events.push(event));
  /** Resolves with the first event that satisfies the condition, past ones included. */
  function until(condition: (event: LabEvent) => boolean): Promise<LabEvent> {
    const past = events.find(condition);
    if (past) return Promise.resolve(past);
    return new Promise((resolve) => {
      const stop = client.listen((event) => {
        if (!condition(event)) return;
        stop();
        resolve(event);
      });
    });
  }
  return { client, events, until };
}

const became = (kind: string) => (event: LabEvent) => event.type === 'status' && event.status.kind === kind;

function request(backend: 'wasm' | 'cpu'): RunRequest {
  const { experiment } = parseLink('#v=1&a=conv-2/2,plain-2&b=conv-2/2,residual-2&train=500&batch=8&steps=5');
  return { run: 1, experiment, engine: { engine: 'tfjs', backend } };
}

it('trains in a worker on the embedded images, and brings all records to the page', async () => {
  const { client, events, until } = connect(dataUrl);
  client.send({ type: 'load', request: request('wasm') });
  client.send({ type: 'play' });
  await until(became('finished'));
  const records = events.flatMap((event) => (event.type === 'records' ? unpackRecords(event.batch) : []));
  const steps = records.filter((record) => record.type === 'step').filter(({ network }) => network === 'b');
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
  expect(records.filter((record) => record.type === 'evaluation' && record.network === 'a')).toHaveLength(6);
  expect(events).toContainEqual({
    type: 'engine',
    engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: expect.any(Number) } },
  });
});

it('says which file is missing', async () => {
  const { client, until } = connect(new URL('/nowhere/', location.href).href);
  client.send({ type: 'load', request: request('cpu') });
  const failed = await until(became('failed'));
  expect(JSON.stringify(failed)).toContain('manifest.json');
});

it('says so where the browser refuses to start a worker, and starts one on a retry', async () => {
  const started = globalThis.Worker;
  globalThis.Worker = new Proxy(started, {
    construct() {
      throw new TypeError('This document requires TrustedScriptURL.');
    },
  });
  const { client, events, until } = connect(dataUrl);
  client.send({ type: 'load', request: request('cpu') });
  const reason = 'This document requires TrustedScriptURL';
  expect(events.at(-1)).toMatchObject({
    status: { kind: 'failed', problem: { code: 'worker.notStarted', values: { reason } } },
  });
  globalThis.Worker = started;
  client.send({ type: 'retry', request: request('cpu') });
  await until(became('ready'));
});

it('reports a worker that crashed, and starts another one on a retry', async () => {
  const { client, events, until } = connect(dataUrl);
  client.send({ type: 'load', request: request('cpu') });
  await until(became('ready'));
  workers[0]?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  expect(events.at(-1)).toMatchObject({
    status: { kind: 'failed', problem: { code: 'worker.crashed', values: { reason: 'out of memory' } } },
  });
  client.send({ type: 'play' });
  events.length = 0;
  client.send({ type: 'retry', request: request('cpu') });
  await until(became('ready'));
  expect(workers).toHaveLength(2);
});

const began = (events: readonly LabEvent[]) =>
  events.flatMap((event) => (event.type === 'began' ? [event.networks[0]?.layerNames.length] : []));

it('goes on with what a worker has begun ahead, where that is asked for, and tells of it from its beginning', async () => {
  startAhead({ hash: '', search: '?engine=cpu' }, dataUrl);
  const { client, events, until } = connect(dataUrl);
  client.send({
    type: 'load',
    request: { run: 1, experiment: defaultExperiment, engine: { engine: 'cpu', backend: null } },
  });
  await until(became('ready'));
  expect(workers).toHaveLength(1);
  expect(began(events)).toEqual([38]);
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['dataSet', 'engine']));
});

it('drops what was begun ahead where something else is asked for', async () => {
  startAhead({ hash: '', search: '?engine=cpu' }, dataUrl);
  const { client, events, until } = connect(dataUrl);
  client.send({ type: 'load', request: request('cpu') });
  await until(became('ready'));
  expect(workers).toHaveLength(1);
  expect(began(events)).toEqual([4]);
});

it('opens another worker where the one that was started ahead is taken', async () => {
  startAhead({ hash: '#a=t7-plain-8', search: '' }, dataUrl);
  const [first, second] = [connect(dataUrl), connect(dataUrl)];
  for (const { client } of [first, second]) client.send({ type: 'load', request: request('cpu') });
  await Promise.all([first, second].map(({ until }) => until(became('ready'))));
  expect(workers).toHaveLength(2);
});
