/** A member's side of a class: its results wait until they have arrived. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type FinishedCell, readFinishedCell } from '../session/sweeps/finishedCell.ts';
import { type Asking, ask, connect, isSettled, Questions, type Standing, stay } from './connection.ts';
import type { Choice, MemberView, News } from './protocol.ts';

/** How often it is told how far a run is. */
const PROGRESS_MS = 1000;

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
