import { afterAll, describe, expect, it } from 'vitest';
import { hostClass } from '../../src/classroom/host.ts';
import { when } from '../../src/session/when.ts';
import { hasRedis, noRedis } from '../redis.ts';
import { ends, open, Process, Student } from './testClass.ts';
import { stores, type TestStore } from './testStores.ts';

const STUDENTS = 40;

afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Forty students hand in two results each, while each server is killed and started again twice and a third of them load their pages again. */
async function classWithInterruptions(store: TestStore, count: number): Promise<void> {
  const first = new Process(store.where);
  const servers = [first, ...Array.from({ length: count - 1 }, () => new Process(store.where))];
  await Promise.all(servers.map((each) => each.start()));
  const opened = await open(first.page);
  const teacher = hostClass({ page: first.page, ...opened });
  ends.push(teacher.leave);
  const students = Array.from({ length: STUDENTS }, (_, index) => {
    const student = new Student((servers[index % count] ?? first).page, opened.code);
    ends.push(() => student.client.leave());
    return student;
  });
  for (const round of [1, 2]) {
    await Promise.all(students.slice(0, STUDENTS / 2).map((student) => student.train()));
    await Promise.all(servers.map((each) => each.kill()));
    // Meanwhile others are done, and some close their pages before anything could be sent.
    for (const student of students.filter((_, index) => index % 3 === 0)) student.reload();
    const others = Promise.all(students.slice(STUDENTS / 2).map((student) => student.train()));
    await Promise.all(servers.map((each) => each.start()));
    await others;
    if (round === 1) await Promise.all(students.map((student) => student.goOn()));
    else await Promise.all(students.map(({ client }) => when(client, ({ waiting }) => waiting === 0)));
  }
  const { results, news } = await when(teacher, (state) => state.results.size >= 2 * STUDENTS);
  // Networks are dealt in turn: no two students have trained the same one.
  expect(new Set([...results.values()].map(({ cell }) => cell.key)).size).toBe(2 * STUDENTS);
  const numbers = [...results.values()].map(({ number }) => number).sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 2 * STUDENTS }, (_, index) => Math.floor(index / 2)));
  expect(news?.joined).toBe(STUDENTS);
  const arrived = (await store.events(opened.code)).filter(({ type }) => type === 'arrived');
  // Two servers may both keep a result that came twice; it counts once.
  expect(arrived.length).toBeGreaterThanOrEqual(2 * STUDENTS);
  if (count === 1) expect(arrived).toHaveLength(2 * STUDENTS);
  expect(students.map(({ client }) => client.store.getState().notTaken)).toEqual(students.map(() => 0));
}

if (!hasRedis()) console.warn(noRedis);

describe('forty students', () => {
  it('lose no result, and hand in none twice, with a server that is killed', async () => {
    await classWithInterruptions(await stores.files(), 1);
  });

  it.skipIf(!hasRedis())('do so with two servers on Redis', async () => {
    await classWithInterruptions(await stores.Redis(), 2);
  });
});

it('what is asked while there is no connection is asked as soon as there is one', async () => {
  const server = new Process((await stores.files()).where);
  await server.start();
  const opened = await open(server.page);
  const teacher = hostClass({ page: server.page, ...opened });
  const student = new Student(server.page, opened.code);
  ends.push(teacher.leave, () => student.client.leave());
  await student.train();
  const { results } = await when(teacher, (state) => state.results.size === 1);
  const [key = ''] = results.keys();
  await when(student.client, ({ waiting }) => waiting === 0);
  const { view } = student.client.store.getState();

  await server.kill();
  await when(student.client, ({ connection }) => connection === 'lost');
  await when(teacher, ({ connection }) => connection === 'lost');
  student.client.next();
  teacher.strike(key, true);
  teacher.steer({ isPaused: true });
  await server.start();
  await when(student.client, (state) => state.view?.index !== view?.index && state.view?.news.pace.isPaused === true);
  await when(teacher, (state) => state.results.get(key)?.isStruck === true);
});
