/** The pages' side of a class: connections that come back by themselves, and results that wait until they have arrived. Knows no page: it runs in Node, too. */
import { io, type Socket } from 'socket.io-client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type FinishedCell, readFinishedCell } from '../session/sweeps/finishedCell.ts';
import {
  type Answer,
  type Answers,
  type Choice,
  type ClassResult,
  type FromServer,
  type MemberView,
  type News,
  type Pace,
  type Plan,
  type Progress,
  type Question,
  type QuestionName,
  type Refusal,
  SOCKET_PATH,
  type ToServer,
} from './protocol.ts';

/** What does not connect for so long is begun anew: a server that is killed may leave it waiting. */
const CONNECT_MS = 8000;
/** Unanswered for so long, a question is asked again. */
const PATIENCE_MS = 10_000;
/** What the server was too busy for, or could not keep, is asked again after this. */
const AGAIN_MS = 2000;
/** How often it is told how far a run is. */
const PROGRESS_MS = 1000;
/** A server that has said nothing of progress for so long has nobody any more who trains. */
const PROGRESS_LASTS_MS = 3000;

type ClassSocket = Socket<FromServer, ToServer>;

/** What may become of a question: an answer, a refusal, or null where nobody has answered. */
type Asked<T> = Answer<T> | null;

/** @param take gets the answer before anything that the server has said after it, which promises do not promise */
async function ask<N extends QuestionName>(
  socket: ClassSocket,
  name: N,
  question: Question<N>,
  take?: (value: Answers[N]) => void,
): Promise<Asked<Answers[N]>> {
  const asking = socket.timeout(PATIENCE_MS) as unknown as {
    emit(name: string, question: unknown, reply: (error: Error | null, answer: Answer<Answers[N]>) => void): void;
  };
  return new Promise((resolve) => {
    asking.emit(name, question, (error, answer) => {
      if (!error && answer.ok) take?.(answer.value);
      resolve(error ? null : answer);
    });
  });
}

/** Whether a question need not be asked again. */
const isSettled = (answer: Asked<unknown>): boolean =>
  answer !== null && (answer.ok || (answer.why !== 'busy' && answer.why !== 'failed'));

/** Asks something. @returns whether that is settled */
type Asking = () => Promise<boolean>;

/** Questions of somebody whom the server knows, one after the other, each until it is answered: without a connection they wait for one. */
class Questions {
  private readonly waiting = new Map<string, Asking>();
  private isKnown = false;
  private isAsking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param others what is asked when nothing else waits; null where nothing is */
  constructor(
    private readonly socket: ClassSocket,
    private readonly others: () => Asking | null = () => null,
  ) {
    socket.on('disconnect', () => {
      this.isKnown = false;
    });
  }

  get areHeard(): boolean {
    return this.isKnown;
  }

  /** The server knows who speaks over this connection. */
  begin(): void {
    this.isKnown = true;
    void this.go();
  }

  /** @param topic a later question on it takes the place of one that waits */
  add<N extends QuestionName>(topic: string, name: N, question: Question<N>, take?: (value: Answers[N]) => void): void {
    const asking = async (): Promise<boolean> => {
      const isDone = isSettled(await ask(this.socket, name, question, take));
      if (isDone && this.waiting.get(topic) === asking) this.waiting.delete(topic);
      return isDone;
    };
    this.waiting.set(topic, asking);
    void this.go();
  }

  async go(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    clearTimeout(this.timer);
    for (let next = this.first(); next && this.isKnown; next = this.first()) {
      if (await next()) continue;
      this.timer = setTimeout(() => void this.go(), AGAIN_MS);
      break;
    }
    this.isAsking = false;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private first(): Asking | null {
    const [first] = this.waiting.values();
    return first ?? this.others();
  }
}

/** Where the server of a page is: the folder of the page. */
function connect(page: string): ClassSocket {
  const { origin, pathname } = new URL(`./${SOCKET_PATH}`, page);
  return io(origin, {
    path: pathname,
    timeout: CONNECT_MS,
    reconnectionDelay: 500,
    reconnectionDelayMax: 2000,
    forceNew: true,
  });
}

export type Connection = 'connecting' | 'connected' | 'lost';

/** What is known of a connection to a class. */
interface Standing {
  readonly connection: Connection;
  /** Why this page is not in the class, or not any more; null while it is, or may come to be. */
  readonly refusal: Refusal | null;
}

/**
 * Greets the server whenever there is a connection, and has it asked what waits as soon as it knows who speaks.
 * @returns ends the connection
 */
function stay(
  socket: ClassSocket,
  questions: Questions,
  show: (changes: Partial<Standing>) => void,
  greet: () => Promise<Asked<unknown>>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const greetAgain = async (): Promise<void> => {
    clearTimeout(timer);
    const { id } = socket;
    if (id === undefined) return;
    const answer = await greet();
    // Another connection greets anew.
    if (socket.id !== id) return;
    if (!isSettled(answer)) timer = setTimeout(() => void greetAgain(), AGAIN_MS);
    else if (answer?.ok) {
      show({ connection: 'connected' });
      questions.begin();
    } else refused(answer?.why ?? 'gone');
  };
  const refused = (refusal: Refusal): void => {
    show({ refusal });
    socket.close();
  };
  socket.on('connect', () => void greetAgain());
  socket.on('disconnect', (reason) => {
    show({ connection: 'lost' });
    // A server that is stopped ends connections in so many words; it may be back.
    if (reason === 'io server disconnect') timer = setTimeout(() => socket.connect(), AGAIN_MS);
  });
  socket.on('connect_error', () => show({ connection: 'lost' }));
  socket.on('over', () => refused('gone'));
  return () => {
    clearTimeout(timer);
    questions.stop();
    socket.close();
  };
}

/** A place for a text that outlasts the page. */
export interface Box {
  read(): string | null;
  write(text: string): void;
}

interface Waiting {
  readonly index: number;
  readonly cell: FinishedCell;
}

/** Results that have not arrived yet, one a line. */
function waitingIn(box: Box): Waiting[] {
  return (box.read() ?? '').split('\n').flatMap((line) => {
    const [number, text] = line.split(/ (.*)/s);
    const cell = text === undefined ? null : readFinishedCell(text);
    return cell ? [{ index: Number(number), cell }] : [];
  });
}

export interface MemberState extends Standing {
  /** Null until the class has answered. */
  readonly view: MemberView | null;
  /** Results that wait until they can be sent. */
  readonly waiting: number;
  /** Runs that the class has not taken. */
  readonly notTaken: number;
}

export interface MemberClient {
  readonly store: StoreApi<MemberState>;
  predict(choice: Choice): void;
  progress(index: number, share: number): void;
  /** Sends a run; where there is no connection it waits for one, even if the page is closed meanwhile. */
  handIn(index: number, cell: FinishedCell): void;
  /** Asks for another network, once the run of this one has arrived. */
  next(): void;
  leave(): void;
}

export interface JoinOptions {
  /** Address of the page. */
  readonly page: string;
  readonly code: string;
  /** By which the class knows a member again. */
  readonly token: string;
  readonly outbox: Box;
}

/** Joins a class, and stays in it until it is left, or over. */
export function joinClass({ page, code, token, outbox }: JoinOptions): MemberClient {
  const socket = connect(page);
  const store = createStore<MemberState>(() => ({
    connection: 'connecting',
    view: null,
    waiting: waitingIn(outbox).length,
    refusal: null,
    notTaken: 0,
  }));
  const show = (view: MemberView) => store.setState({ view });
  let toldAt = 0;

  const write = (waiting: readonly Waiting[]): void => {
    outbox.write(waiting.map(({ index, cell }) => `${index} ${JSON.stringify(cell)}`).join('\n'));
    store.setState({ waiting: waiting.length });
  };

  /** Sends the first result that waits. */
  function sending(): Asking | null {
    const [first] = waitingIn(outbox);
    if (!first) return null;
    return async () => {
      const answer = await ask(socket, 'result', first, show);
      if (!isSettled(answer)) return false;
      write(waitingIn(outbox).filter(({ index }) => index !== first.index));
      if (!answer?.ok) store.setState(({ notTaken }) => ({ notTaken: notTaken + 1 }));
      return true;
    };
  }

  const questions = new Questions(socket, sending);
  const leave = stay(socket, questions, store.setState, () => ask(socket, 'join', { code, token }, show));
  socket.on('news', (news: News) => store.setState(({ view }) => ({ view: view && { ...view, news } })));
  return {
    store,
    predict(choice) {
      store.setState(({ view }) => ({ view: view && { ...view, prediction: choice } }));
      questions.add('bet', 'predict', { choice });
    },
    progress(index, share) {
      const now = Date.now();
      if (!questions.areHeard || (share > 0 && now - toldAt < PROGRESS_MS)) return;
      toldAt = now;
      socket.volatile.emit('progress', { index, share });
    },
    handIn(index, cell) {
      write([...waitingIn(outbox).filter((each) => each.index !== index), { index, cell }]);
      void questions.go();
    },
    next() {
      const after = store.getState().view?.index ?? null;
      if (after !== null) questions.add('next', 'next', { after }, show);
    },
    leave,
  };
}

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
