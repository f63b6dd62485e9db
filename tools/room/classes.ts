/** The classes that a process has in hand: each is replayed from its log when somebody first asks for it, and told to whoever is connected here as it goes on. */
import type { ClassResult, News, Progress } from '../../src/classroom/protocol.ts';
import type { ClassLog } from './log.ts';
import { type ClassEvent, ClassState } from './state.ts';

/** Members learn what is new so often at most, in milliseconds; the teacher's figure fills faster. */
const NEWS_MS = 1000;
const TICK_MS = 250;
/** How long a class is kept in hand that nobody here is connected to. */
const UNUSED_MS = 60_000;
/** Who is told. */
export interface Listeners {
  news(code: string, news: News): void;
  results(code: string, results: readonly ClassResult[]): void;
  progress(code: string, progress: Progress): void;
  over(code: string): void;
  /** Whether anybody of a class is connected here. */
  isUsed(code: string): boolean;
}

interface OpenClass {
  readonly state: ClassState;
  /** Since when it is in hand, and when it was last asked for. */
  readonly since: number;
  usedAt: number;
  /** Results that the teacher has not been told. */
  fresh: ClassResult[];
  isChanged: boolean;
  toldAt: number;
  /** How far those are that train over this process. */
  readonly shares: Map<string, number>;
}

export class Classes {
  private readonly open = new Map<string, Promise<OpenClass | null>>();
  private readonly timers: NodeJS.Timeout[];
  private readonly leaving = new Set<NodeJS.Timeout>();

  /**
   * @param server the name of this process
   * @param graceMs a page that is gone for less has only changed its network, or was loaded again
   * @param tendMs how often logs are looked after
   */
  constructor(
    readonly server: string,
    private readonly log: ClassLog,
    private readonly listeners: Listeners,
    private readonly graceMs: number,
    tendMs: number,
  ) {
    const every = (ms: number, run: () => Promise<void>) => setInterval(() => void run().catch(() => undefined), ms);
    this.timers = [
      every(TICK_MS, () => this.tick()),
      every(NEWS_MS, () => this.tellProgress()),
      every(tendMs, () => this.tend()),
    ];
  }

  create(code: string, event: ClassEvent): Promise<boolean> {
    return this.log.create(code, event);
  }

  count(): Promise<number> {
    return this.log.count();
  }

  /** What has become of a class so far; null where there is none, or it is over. */
  async state(code: string): Promise<ClassState | null> {
    let opening = this.open.get(code);
    if (!opening) {
      opening = this.load(code);
      this.open.set(code, opening);
      // Nothing is kept of codes that somebody tries.
      opening.then(
        (loaded) => loaded ?? this.open.delete(code),
        () => this.open.delete(code),
      );
    }
    const loaded = await opening;
    if (!loaded || loaded.state.isOver) return null;
    loaded.usedAt = Date.now();
    return loaded.state;
  }

  private async load(code: string): Promise<OpenClass | null> {
    const now = Date.now();
    const made: OpenClass = {
      state: new ClassState(),
      since: now,
      usedAt: now,
      fresh: [],
      isChanged: false,
      toldAt: 0,
      shares: new Map(),
    };
    const apply = (event: ClassEvent): void => {
      const result = made.state.apply(event);
      if (result) made.fresh.push(result);
      if (event.type === 'arrived' || event.type === 'left') made.shares.delete(event.member);
      // What everybody waits for is not put off.
      if (event.type === 'steered' || event.type === 'closed') made.toldAt = 0;
      made.isChanged = true;
    };
    if (!(await this.log.follow(code, apply))) return null;
    made.fresh = [];
    return made;
  }

  /** Keeps what happens in a class. @returns false where it is gone */
  happen(code: string, event: ClassEvent): Promise<boolean> {
    return this.log.append(code, event);
  }

  async share(code: string, member: string, share: number): Promise<void> {
    (await this.open.get(code))?.shares.set(member, share);
  }

  /** A member's page is gone: unless it comes back soon, its network is somebody else's to train. */
  disconnected(code: string, member: string, socket: string): void {
    const timer = setTimeout(() => {
      this.leaving.delete(timer);
      void this.happen(code, { type: 'left', member, socket }).catch(() => undefined);
    }, this.graceMs);
    this.leaving.add(timer);
  }

  async close(code: string): Promise<void> {
    await this.happen(code, { type: 'closed' });
    await this.tick();
    await this.end(code);
    await this.log.remove(code);
  }

  private async end(code: string): Promise<void> {
    this.listeners.over(code);
    this.open.delete(code);
    this.log.forget(code);
  }

  private async each(run: (code: string, open: OpenClass) => void | Promise<void>): Promise<void> {
    for (const [code, opening] of this.open) {
      const loaded = await opening.catch(() => null);
      if (loaded) await run(code, loaded);
    }
  }

  private tick(): Promise<void> {
    const now = Date.now();
    return this.each(async (code, open) => {
      if (open.fresh.length > 0) this.listeners.results(code, open.fresh.splice(0));
      if (!open.isChanged || now - open.toldAt < NEWS_MS) return;
      Object.assign(open, { isChanged: false, toldAt: now });
      this.listeners.news(code, open.state.news());
      if (open.state.isOver) await this.end(code);
    });
  }

  private tellProgress(): Promise<void> {
    return this.each((code, { shares }) => {
      if (shares.size === 0) return;
      const sum = [...shares.values()].reduce((all, share) => all + share, 0);
      this.listeners.progress(code, { server: this.server, runs: shares.size, sum });
    });
  }

  private async tend(): Promise<void> {
    for (const code of await this.log.tend()) await this.end(code);
    const now = Date.now();
    await this.each(async (code, { state, since, usedAt }) => {
      if (now - since > this.graceMs) await this.clearAway(code, state);
      if (now - usedAt < UNUSED_MS || this.listeners.isUsed(code)) return;
      this.open.delete(code);
      this.log.forget(code);
    });
  }

  /** Members who were connected to a process that is at work no more, and have not come back, are gone. */
  private async clearAway(code: string, state: ClassState): Promise<void> {
    const places = [...state.members].flatMap(([member, { at }]) => (at ? [{ member, ...at }] : []));
    for (const server of new Set(places.map((place) => place.server))) {
      if (await this.log.isAtWork(server)) continue;
      for (const { member, socket } of places.filter((place) => place.server === server))
        await this.happen(code, { type: 'left', member, socket });
    }
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const timer of this.leaving) clearTimeout(timer);
  }
}
