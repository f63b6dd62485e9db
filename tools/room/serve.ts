/** Classes on a web server: what is asked over Socket.IO is checked, and answered. */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { createClient, type RedisClientType } from 'redis';
import { Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import { isPossible, planCell } from '../../src/classroom/plan.ts';
import {
  type Answer,
  type Answers,
  CODE_LENGTH,
  classLimits,
  codeAlphabet,
  type FromServer,
  type MemberView,
  type Question,
  type QuestionName,
  questions,
  type Refusal,
  SOCKET_PATH,
  type ToServer,
} from '../../src/classroom/protocol.ts';
import { formatLink } from '../../src/experiment/link.ts';
import { faultOf } from '../../src/session/sweeps/importedCells.ts';
import { Classes } from './classes.ts';
import { fileLog } from './fileLog.ts';
import type { ClassLog } from './log.ts';
import { redisLog } from './redisLog.ts';

interface BetweenServers {
  changed: (code: string) => void;
}

/** Who asks: nobody of a class yet, a member, or the teacher. */
interface Seat {
  code?: string;
  member?: string;
  isHost?: boolean;
}

type ClassServer = Server<ToServer, FromServer, BetweenServers, Seat>;
type ClassSocket = Socket<ToServer, FromServer, BetweenServers, Seat>;

export interface ServeOptions {
  /** Of the files of classes, where they are not in Redis. */
  readonly folder: string;
  /** Where classes are that several processes serve; null keeps them in this one. */
  readonly redisUrl: string | null;
  /** A page that is gone for less, in milliseconds, has only changed its network, or was loaded again. */
  readonly graceMs?: number;
  /** How often it is looked whether classes are over and members' processes at work, in milliseconds. */
  readonly tendMs?: number;
}

export interface ServedClasses {
  /** Ends the connections; what has been answered is kept. */
  close(): Promise<void>;
}

class Refused extends Error {
  constructor(readonly why: Refusal) {
    super(why);
  }
}

/** No token and no secret stands in a log. */
const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 32);

const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');

/** Where others in the same network reach a page that was asked for as one of this machine; null where it was asked for by another name. */
function originFor({ host = '' }: Socket['handshake']['headers']): string | null {
  const { hostname, port } = new URL(`http://${host || 'localhost'}`);
  if (!/^(localhost|127\.|\[::1\])/.test(hostname)) return null;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return found ? `http://${found.address}:${port}` : null;
}

const toHosts = (code: string): string => `${code} hosts`;

const GRACE_MS = 15_000;
const TEND_MS = 5000;

/** Adds classes to a web server. */
export async function serveClasses(
  http: HttpServer,
  { folder, redisUrl, graceMs = GRACE_MS, tendMs = TEND_MS }: ServeOptions,
): Promise<ServedClasses> {
  const server = randomUUID();
  const redis = redisUrl === null ? null : (createClient({ url: redisUrl }) as RedisClientType);
  // A connection that is lost is made again; what was asked meanwhile fails, is said to have failed, and is asked again.
  redis?.on('error', () => undefined);
  await redis?.connect();
  const io: ClassServer = new Server(http, {
    path: `/${SOCKET_PATH}`,
    serveClient: false,
    // A connection that changes from polling to a socket when its server is killed hears of it by the missing ping alone.
    pingInterval: 5000,
    pingTimeout: 10_000,
    maxHttpBufferSize: classLimits.messageBytes,
    allowRequest: (_, allow) => allow(null, io.engine.clientsCount < classLimits.connections),
    ...(redis && { adapter: createAdapter(redis, { streamName: 'depthscope:socket.io', onlyPlaintext: true }) }),
  });
  let log: ClassLog;
  if (redis) {
    const made = await redisLog(redis, server, (code) => io.serverSideEmit('changed', code));
    io.on('changed', made.changed);
    log = made;
  } else log = await fileLog(server, resolve(folder));
  const classes = new Classes(
    server,
    log,
    {
      news: (code, news) => io.local.to(code).emit('news', news),
      results: (code, results) => io.local.to(toHosts(code)).emit('results', results),
      // Those who train over this process may be of a class whose teacher is connected to another.
      progress: (code, progress) => io.to(toHosts(code)).emit('progress', progress),
      over: (code) => io.local.to(code).emit('over'),
      isUsed: (code) => io.of('/').adapter.rooms.has(code),
    },
    graceMs,
    tendMs,
  );
  io.on('connection', new Desk(classes).receive);
  return {
    async close() {
      classes.stop();
      await new Promise<void>((done) => io.close(() => done()));
      await log.close();
      if (redis?.isOpen) await redis.close();
    },
  };
}

type Answering = { readonly [N in QuestionName]: (socket: ClassSocket, question: Question<N>) => Promise<Answers[N]> };

/** Where questions are answered. */
class Desk {
  private readonly messages = new RateLimiterMemory({ points: classLimits.messages, duration: 10 });
  private readonly opened = new RateLimiterMemory({ points: classLimits.opened, duration: 3600 });
  private readonly wrongCodes = new RateLimiterMemory({ points: classLimits.wrongCodes, duration: 60 });

  constructor(private readonly classes: Classes) {}

  readonly receive = (socket: ClassSocket): void => {
    socket.use(([, , reply], next) => {
      this.messages.consume(socket.id).then(
        () => next(),
        ({ consumedPoints }: RateLimiterRes) => {
          if (typeof reply === 'function') reply({ ok: false, why: 'busy' } satisfies Answer<never>);
          if (consumedPoints > 10 * classLimits.messages) socket.disconnect(true);
        },
      );
    });
    for (const name of Object.keys(questions) as QuestionName[]) this.answer(socket, name);
    socket.on('disconnect', () => {
      void this.messages.delete(socket.id);
      const { code, member } = socket.data;
      if (code !== undefined && member !== undefined) this.classes.disconnected(code, member, socket.id);
    });
  };

  private answer<N extends QuestionName>(socket: ClassSocket, name: N): void {
    const listener = async (asked: unknown, reply: unknown): Promise<void> => {
      const answer = (said: Answer<Answers[N]>): void => {
        if (typeof reply === 'function') reply(said);
      };
      try {
        const read = v.safeParse(questions[name], asked);
        if (!read.success) throw new Refused('invalid');
        const ask = this.answers[name] as (socket: ClassSocket, question: unknown) => Promise<Answers[N]>;
        answer({ ok: true, value: await ask(socket, read.output) });
      } catch (error) {
        answer({ ok: false, why: error instanceof Refused ? error.why : 'failed' });
      }
    };
    (socket.on as (name: string, listener: (...args: unknown[]) => void) => void).call(socket, name, listener as never);
  }

  /** The class of a connection, as far as it is one of a member. */
  private async memberOf({ data: { code, member } }: ClassSocket) {
    const state = code === undefined || member === undefined ? null : await this.classes.state(code);
    if (code === undefined || member === undefined) throw new Refused('invalid');
    const found = state?.members.get(member);
    if (!state || !found) throw new Refused('gone');
    return { code, member, state, found };
  }

  private async hostOf({ data: { code, isHost } }: ClassSocket): Promise<string> {
    if (code === undefined || !isHost) throw new Refused('invalid');
    return code;
  }

  private async happen(...what: Parameters<Classes['happen']>): Promise<void> {
    if (!(await this.classes.happen(...what))) throw new Refused('gone');
  }

  /** A class by its code, for somebody who may be guessing. */
  private async find({ handshake }: ClassSocket, code: string) {
    const state = await this.classes.state(code);
    if (state) return state;
    await this.wrongCodes.consume(handshake.address).catch(() => {
      throw new Refused('busy');
    });
    throw new Refused('gone');
  }

  private async view(code: string, member: string): Promise<MemberView> {
    const view = (await this.classes.state(code))?.viewOf(member);
    if (!view) throw new Refused('gone');
    return view;
  }

  private readonly answers: Answering = {
    open: async ({ handshake }, { plan, data, secret }) => {
      if (!isPossible(plan)) throw new Refused('invalid');
      await this.opened.consume(handshake.address).catch(() => {
        throw new Refused('busy');
      });
      if ((await this.classes.count()) >= classLimits.classes) throw new Refused('full');
      const event = { type: 'opened', plan, data, secret: hashed(secret) } as const;
      for (;;) {
        const code = newCode();
        if (await this.classes.create(code, event)) return { code };
      }
    },

    host: async (socket, { code, secret }) => {
      const state = await this.find(socket, code);
      if (state.secret !== hashed(secret)) throw new Refused('secret');
      sit(socket, { code, isHost: true });
      const { plan, results } = state;
      return { plan, news: state.news(), results: [...results.values()], origin: originFor(socket.handshake.headers) };
    },

    join: async (socket, { code, token }) => {
      const state = await this.find(socket, code);
      const member = hashed(token);
      if (!state.members.has(member)) {
        if (!state.pace.isOpen) throw new Refused('closedDoor');
        if (state.members.size >= classLimits.members) throw new Refused('full');
      }
      sit(socket, { code, member });
      await this.happen(code, { type: 'joined', member, server: this.classes.server, socket: socket.id });
      return this.view(code, member);
    },

    predict: async (socket, { choice }) => {
      const { code, member, found } = await this.memberOf(socket);
      // A bet is made before the run.
      if (found.prediction !== choice && !found.hasBegun)
        await this.happen(code, { type: 'predicted', member, choice });
      return null;
    },

    progress: async (socket, { index, share }) => {
      const { code, member, found } = await this.memberOf(socket);
      if (found.index !== index) throw new Refused('otherRun');
      if (!found.hasBegun) await this.happen(code, { type: 'began', member, index });
      await this.classes.share(code, member, share);
      return null;
    },

    result: async (socket, { index, cell }) => {
      const { code, member, state, found } = await this.memberOf(socket);
      const asked = found.dealt.has(index) ? planCell(state.plan, index) : null;
      if (!asked || formatLink(asked.experiment) !== cell.link || faultOf(cell, state.data))
        throw new Refused('otherRun');
      if (!state.results.has(`${found.number}.${index}`))
        await this.happen(code, { type: 'arrived', member, index, cell });
      return this.view(code, member);
    },

    next: async (socket, { after }) => {
      const { code, member, found } = await this.memberOf(socket);
      if (found.index === after) await this.happen(code, { type: 'wentOn', member, after });
      return this.view(code, member);
    },

    steer: async (socket, { pace }) => {
      await this.happen(await this.hostOf(socket), { type: 'steered', pace });
      return null;
    },

    strike: async (socket, { key, isStruck }) => {
      await this.happen(await this.hostOf(socket), { type: 'struck', key, isStruck });
      return null;
    },

    close: async (socket) => {
      await this.classes.close(await this.hostOf(socket));
      return null;
    },
  };
}

/** A connection is of one class at a time. */
function sit(socket: ClassSocket, seat: Seat & { readonly code: string }): void {
  const { code } = socket.data;
  if (code !== undefined) {
    socket.leave(code);
    socket.leave(toHosts(code));
  }
  socket.data = seat;
  socket.join(seat.isHost ? [seat.code, toHosts(seat.code)] : seat.code);
}
