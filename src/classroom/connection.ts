/** Connections to the server of a class, which come back by themselves, and questions that wait until they are answered. Knows no page: it runs in Node, too. */
import { io, type Socket } from 'socket.io-client';
import {
  type Answer,
  type Answers,
  type FromServer,
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

type ClassSocket = Socket<FromServer, ToServer>;

/** What may become of a question: an answer, a refusal, or null where nobody has answered. */
export type Asked<T> = Answer<T> | null;

/** @param take gets the answer before anything that the server has said after it, which promises do not promise */
export async function ask<N extends QuestionName>(
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
export const isSettled = (answer: Asked<unknown>): boolean =>
  answer !== null && (answer.ok || (answer.why !== 'busy' && answer.why !== 'failed'));

/** Asks something. @returns whether that is settled */
export type Asking = () => Promise<boolean>;

/** Questions of somebody whom the server knows, one after the other, each until it is answered: without a connection they wait for one. */
export class Questions {
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
export function connect(page: string): ClassSocket {
  const { origin, pathname } = new URL(`./${SOCKET_PATH}`, page);
  return io(origin, {
    path: pathname,
    timeout: CONNECT_MS,
    reconnectionDelay: 500,
    reconnectionDelayMax: 2000,
    forceNew: true,
  });
}

type Connection = 'connecting' | 'connected' | 'lost';

/** What is known of a connection to a class. */
export interface Standing {
  readonly connection: Connection;
  /** Why this page is not in the class, or not any more; null while it is, or may come to be. */
  readonly refusal: Refusal | null;
}

/**
 * Greets the server whenever there is a connection, and has it asked what waits as soon as it knows who speaks.
 * @returns ends the connection
 */
export function stay(
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
