import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { hostClass } from '../../src/classroom/host.ts';
import { choices, classLimits, newSecret, questions, SOCKET_PATH } from '../../src/classroom/protocol.ts';
import { faultOf } from '../../src/session/sweeps/importedCells.ts';
import { when } from '../../src/session/when.ts';
import { hasRedis, noRedis } from '../redis.ts';
import { type ServeOptions, serveClasses } from './serve.ts';
import { ClassState } from './state.ts';
import { data, ends, madeUp, open, Process, plan, Student } from './testClass.ts';
import { stores, type TestStore } from './testStores.ts';

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

let store: TestStore;

async function served(times: Pick<ServeOptions, 'graceMs' | 'tendMs'> = {}): Promise<string> {
  const http = createServer();
  const classes = await serveClasses(http, { ...store.where, ...times });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ends.push(() => classes.close());
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
}

/** A connection of somebody who is free to send anything. */
async function stranger(page: string): Promise<Socket> {
  const socket = io(page, { path: `/${SOCKET_PATH}`, transports: ['websocket'], forceNew: true, reconnection: false });
  ends.push(() => socket.close());
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

const answerTo = (socket: Socket, name: string, ...what: readonly unknown[]) =>
  socket.timeout(5000).emitWithAck(name, ...what);

/** What a page would send, of a member whose network is `index`. */
const sound = (index: number) => ({
  open: { plan, data, secret: newSecret() },
  host: { code: 'ABCDEF', secret: newSecret() },
  join: { code: 'ABCDEF', token: newSecret() },
  predict: { choice: choices[0] },
  progress: { index, share: 0.5 },
  result: { index, cell: madeUp(plan, index) },
  next: { after: index },
  steer: { pace: { isPaused: false, lesson: 5, isOpen: false } },
  strike: { key: '0.0', isStruck: true },
  close: {},
});

/** A sound message with one of its values, at whatever depth, made something else. */
function spoiled(message: unknown, path: readonly number[], value: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (typeof message !== 'object' || message === null || path.length === 0) return value;
  const keys = Object.keys(message);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const changed = spoiled(message[key as keyof typeof message], rest, value);
  return Array.isArray(message)
    ? message.map((each, index) => (String(index) === key ? changed : each))
    : { ...message, [key]: changed };
}

const names = [...Object.keys(questions), 'news', 'results', 'over', 'changed', '__proto__', ''];
const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(-1, 1e300, '0.0', '\u0000', null, [], { __proto__: null }));
const messages = (index: number) =>
  fc.tuple(
    fc.constantFrom(...names),
    fc.oneof(
      anything,
      fc
        .tuple(
          fc.constantFrom(...Object.values(sound(index))),
          fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
          anything,
        )
        .map(([message, path, value]) => spoiled(message, path, value)),
    ),
  );

/** 10,000 messages. Redis hears the first tenth of the same ones: what refuses them has no part in where classes are kept. */
const connections = { files: 205, Redis: inject('propertyRuns') > 1 ? 205 : 21 };
/** Of each connection; one more is its joining. */
const MESSAGES = classLimits.messages - 1;

if (!hasRedis()) console.warn(noRedis);
const kinds = hasRedis() ? (['files', 'Redis'] as const) : (['files'] as const);

describe.each(kinds)('on %s,', (kind) => {
  beforeEach(async () => {
    store = await stores[kind]();
  });

  describe('whoever sends what no page sends', () => {
    it('thousands of times, crashes nothing, leaves nothing behind, and changes nothing for others', async () => {
      const page = await served();
      const { code, secret } = await open(page);
      const teacher = hostClass({ page, code, secret });
      ends.push(teacher.leave);
      const student = new Student(page, code);
      ends.push(() => student.client.leave());
      await student.train();
      await when(teacher, ({ results }) => results.size === 1);
      const pace = teacher.store.getState().news?.pace;

      let sent = 0;
      for (let number = 0; number < connections[kind]; number++) {
        const socket = await stranger(page);
        const joined = await answerTo(socket, 'join', { code, token: newSecret() });
        for (const [name, message] of fc.sample(messages(joined.value.index), { numRuns: MESSAGES, seed: number })) {
          // With and without asking for an answer.
          if (sent % 3 === 0) socket.emit(name, message);
          else socket.emit(name, message, () => undefined);
          sent++;
        }
        // Answered in their order: this one has been refused after all the others were heard.
        await answerTo(socket, 'close', {});
        socket.close();
      }
      expect(sent).toBeGreaterThan(kind === 'files' ? 10_000 : 1000);

      // Whatever has arrived is a run that the class asked its sender for.
      const events = await store.events(code);
      const replayed = new ClassState();
      for (const event of events) {
        replayed.apply(event);
        if (event.type === 'arrived') expect(faultOf(event.cell, data)).toBeNull();
      }
      expect(new Set(events.map(({ type }) => type))).not.toContain('struck');
      expect(replayed.pace).toEqual(pace);
      expect(replayed.isOver).toBe(false);
      expect(replayed.results.get('0.0')).toEqual({
        key: '0.0',
        number: 0,
        cell: expect.objectContaining({ link: madeUp(plan, 0).link }),
        isStruck: false,
      });
      // The student goes on as if nobody else were there.
      await student.goOn();
      await student.train();
      await when(teacher, ({ results }) => [...results.values()].filter(({ number }) => number === 0).length === 2);
    });

    it('sends the run of another network, of other images, or as somebody who is no member, and is refused', async () => {
      const page = await served();
      const { code } = await open(page);
      const socket = await stranger(page);
      const refused = (why: string) => ({ ok: false, why });
      expect(await answerTo(socket, 'result', sound(0).result)).toEqual(refused('invalid'));
      expect(await answerTo(socket, 'join', { code: 'ABCDEF', token: newSecret() })).toEqual(refused('gone'));
      expect(await answerTo(socket, 'host', { code, secret: newSecret() })).toEqual(refused('secret'));
      const { value } = await answerTo(socket, 'join', { code, token: newSecret() });
      expect(value).toMatchObject({ number: 0, index: 0 });
      expect(await answerTo(socket, 'result', sound(1).result)).toEqual(refused('otherRun'));
      expect(await answerTo(socket, 'result', { index: 0, cell: madeUp(plan, 1) })).toEqual(refused('otherRun'));
      const cell = madeUp(plan, 0);
      const otherImages = { ...cell, key: cell.key.replace(data, `${data}0`) };
      expect(await answerTo(socket, 'result', { index: 0, cell: otherImages })).toEqual(refused('otherRun'));
      const impossible = { ...cell, evaluations: [{ step: 10, trainError: 1.5, testError: 0 }] };
      expect(await answerTo(socket, 'result', { index: 0, cell: impossible })).toEqual(refused('invalid'));
      expect(await answerTo(socket, 'steer', sound(0).steer)).toEqual(refused('invalid'));
      expect(await answerTo(socket, 'result', sound(0).result)).toMatchObject({ ok: true, value: { isDone: true } });
      // Sent again it is answered again, and counts once.
      expect(await answerTo(socket, 'result', sound(0).result)).toMatchObject({
        ok: true,
        value: { news: { done: 1 } },
      });
    });

    it('too much, too fast or too large, is heard no more', async () => {
      const page = await served();
      const { code } = await open(page);
      const large = await stranger(page);
      const largeGone = new Promise((resolve) => large.once('disconnect', resolve));
      large.emit('open', 'x'.repeat(2 * classLimits.messageBytes));
      await largeGone;
      const fast = await stranger(page);
      const fastGone = new Promise((resolve) => fast.once('disconnect', resolve));
      const answers = Promise.allSettled(
        Array.from({ length: 12 * classLimits.messages }, () => answerTo(fast, 'predict', { choice: 'plain' })),
      );
      await fastGone;
      const said = (await answers).flatMap((each) => (each.status === 'fulfilled' ? [each.value.why] : []));
      expect(said.filter((why) => why === 'invalid').length).toBeLessThanOrEqual(classLimits.messages);
      expect(said).toContain('busy');
      const garbage = await fetch(`${page}${SOCKET_PATH}?EIO=4&transport=polling&sid=nobody`, {
        method: 'POST',
        body: '\u0000{[',
      });
      expect(garbage.status).toBe(400);
      expect(await answerTo(await stranger(page), 'join', { code, token: newSecret() })).toMatchObject({ ok: true });
    });
  });

  describe('a network', () => {
    it('is dealt again when whoever had it has left, and is theirs still when they come back late', async () => {
      const page = await served({ graceMs: 50 });
      const { code, secret } = await open(page);
      const teacher = hostClass({ page, code, secret });
      ends.push(teacher.leave);
      const [ada, ben] = [new Student(page, code), new Student(page, code)];
      ends.push(
        () => ada.client.leave(),
        () => ben.client.leave(),
      );
      const indexOf = async ({ client }: Student) => (await when(client, ({ view }) => view !== null)).view?.index;
      await indexOf(ada);
      await indexOf(ben);
      const adas = ada.client.store.getState().view?.index;
      ada.client.leave();
      await when(teacher, ({ news }) => news?.joined === 1);
      const cleo = new Student(page, code);
      ends.push(() => cleo.client.leave());
      expect(await indexOf(cleo)).toBe(adas);
      ada.reload();
      expect(await indexOf(ada)).toBe(adas);
      await ada.train();
      await when(teacher, ({ results }) => results.size === 1);
      // Nobody is dealt a network again whose run has arrived.
      cleo.client.leave();
      await when(teacher, ({ news }) => news?.joined === 2);
      const dan = new Student(page, code);
      ends.push(() => dan.client.leave());
      expect(await indexOf(dan)).toBe(2);
    });
  });

  describe('a class', () => {
    it('ends two hours after its last word, and leaves nothing behind', async () => {
      const page = await served({ tendMs: 50 });
      const { code, secret } = await open(page);
      const teacher = hostClass({ page, code, secret });
      ends.push(teacher.leave);
      await when(teacher, ({ news }) => news !== null);
      await store.age(code, classLimits.quietMs - 60_000);
      const joining = async () => answerTo(await stranger(page), 'join', { code, token: newSecret() });
      expect(await joining()).toMatchObject({ ok: true });
      // That was a word.
      await store.age(code, classLimits.quietMs + 1000);
      await when(teacher, ({ refusal }) => refusal === 'gone');
      expect(await joining()).toEqual({ ok: false, why: 'gone' });
      expect(await store.codes()).toEqual([]);
    });

    it('misses members whose process was killed, and deals their networks again', async () => {
      const before = new Process(store.where);
      await before.start();
      const { code, secret } = await open(before.page);
      const ada = new Student(before.page, code);
      ends.push(() => ada.client.leave());
      const { view } = await when(ada.client, (state) => state.view !== null);
      await before.kill();
      ada.client.leave();
      await store.endLeases();
      const page = await served({ graceMs: 50, tendMs: 50 });
      const teacher = hostClass({ page, code, secret });
      ends.push(teacher.leave);
      await when(teacher, ({ news }) => news?.joined === 0);
      const ben = new Student(page, code);
      ends.push(() => ben.client.leave());
      expect((await when(ben.client, (state) => state.view !== null)).view?.index).toBe(view?.index);
      // Whoever had it goes on with it nevertheless.
      expect(await answerTo(await stranger(page), 'join', { code, token: ada.token })).toMatchObject({
        value: { number: 0, index: view?.index },
      });
    });
  });
});
