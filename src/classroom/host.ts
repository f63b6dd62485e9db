/** The teacher's side of a class. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Asked, ask, connect, Questions, type Standing, stay } from './connection.ts';
import type { Answers, ClassResult, News, Pace, Plan, Progress, Question } from './protocol.ts';

/** A server that has said nothing of progress for so long has nobody any more who trains. */
const PROGRESS_LASTS_MS = 3000;

export interface HostState extends Standing {
  /** Null until the class has answered. */
  readonly plan: Plan | null;
  readonly news: News | null;
  /** By their keys. */
  readonly results: ReadonlyMap<string, ClassResult>;
  /** Where others reach the page; null where that is its own address. */
  readonly origin: string | null;
  /** How far those are that train, on the whole: 0 … 1; null while nobody says. */
  readonly share: number | null;
}

export interface HostClient {
  readonly store: StoreApi<HostState>;
  steer(pace: Partial<Pace>): void;
  strike(key: string, isStruck: boolean): void;
  /** Ends the class for everybody. */
  close(): void;
  /** Ends the connection: the class goes on. */
  leave(): void;
}

/** Opens a class. @returns its code, or why there is none; null where the server has not answered */
export async function openClass(page: string, question: Question<'open'>): Promise<Asked<Answers['open']>> {
  const socket = connect(page);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return await ask(socket, 'open', question);
  } catch {
    return null;
  } finally {
    socket.close();
  }
}

/** The teacher's side of a class that is open. */
export function hostClass({ page, code, secret }: { readonly page: string } & Question<'host'>): HostClient {
  const socket = connect(page);
  const store = createStore<HostState>(() => ({
    connection: 'connecting',
    plan: null,
    news: null,
    results: new Map(),
    origin: null,
    share: null,
    refusal: null,
  }));
  const servers = new Map<string, Progress & { readonly at: number }>();
  const questions = new Questions(socket);
  const leave = stay(socket, questions, store.setState, () =>
    ask(socket, 'host', { code, secret }, ({ plan, news, results, origin }) =>
      store.setState({ plan, news, origin, results: new Map(results.map((result) => [result.key, result])) }),
    ),
  );
  socket.on('news', (news) => store.setState({ news, ...(news.training === 0 && { share: null }) }));
  socket.on('results', (fresh) =>
    store.setState(({ results }) => ({
      results: new Map([...results, ...fresh.map((result) => [result.key, result] as const)]),
    })),
  );
  socket.on('progress', (progress) => {
    const at = Date.now();
    servers.set(progress.server, { ...progress, at });
    const live = [...servers.values()].filter((each) => at - each.at < PROGRESS_LASTS_MS);
    const runs = live.reduce((sum, each) => sum + each.runs, 0);
    store.setState({ share: runs === 0 ? null : live.reduce((sum, each) => sum + each.sum, 0) / runs });
  });
  return {
    store,
    steer(changes) {
      const { news } = store.getState();
      if (!news) return;
      const pace = { ...news.pace, ...changes };
      store.setState({ news: { ...news, pace } });
      questions.add('pace', 'steer', { pace });
    },
    strike: (key, isStruck) => questions.add(key, 'strike', { key, isStruck }),
    close: () => questions.add('close', 'close', {}),
    leave,
  };
}
