/**
 * Of the embeds of one page, one trains at a time. They tell each other through the frames of the page, which is possible from any sandbox,
 * where neither locks nor broadcasts are. Whose turn it is follows from what everybody hears, in whatever order: a person's wish comes before
 * that of an embed that plays by itself; of two persons' wishes the later prevails, of two others the earlier.
 */
import * as v from 'valibot';

export interface Turn {
  readonly isByHand: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of the embed. */
  readonly id: string;
}

/** Whether a turn is to give way to another. For any two turns, exactly one does. */
export function yieldsTo(own: Turn, other: Turn): boolean {
  if (own.isByHand !== other.isByHand) return other.isByHand;
  if (own.at !== other.at) return own.isByHand === other.at > own.at;
  return own.id > other.id;
}

const schema = v.object({
  depthscope: v.literal(1),
  type: v.picklist(['training', 'rests']),
  turn: v.object({ isByHand: v.boolean(), at: v.number(), id: v.string() }),
});

export interface Turns {
  /** Takes the turn: whoever has it gives way, or says at once that this one must. */
  take(isByHand: boolean): void;
  /** Gives it back. */
  leave(): void;
  readonly isMine: () => boolean;
}

interface TurnsOptions {
  /** Another embed's turn comes before this one's. */
  readonly onYield: () => void;
  /** Nobody else trains any more. */
  readonly onFree: () => void;
}

/** Every frame of the page that this one stands in, itself included. */
function framesOf(window: Window): Window[] {
  return [
    window,
    ...Array.from({ length: window.length }, (_, index) => window[index]).flatMap((each) =>
      each ? framesOf(each) : [],
    ),
  ];
}

/** Milliseconds between two looks whether the frame that trains is still there. */
const LOOK_MS = 1000;

export function joinTurns({ onYield, onFree }: TurnsOptions): Turns {
  const id = `${Math.random()}`;
  let mine: Turn | null = null;
  let holder: Window | null = null;
  let look: ReturnType<typeof setInterval> | undefined;

  const hold = (window: Window | null): void => {
    const isFreed = holder !== null && window === null;
    holder = window;
    clearInterval(look);
    if (window) look = setInterval(() => window.closed && hold(null), LOOK_MS);
    if (isFreed) onFree();
  };
  const tell = (type: 'training' | 'rests', turn: Turn): void => {
    for (const each of framesOf(top ?? self)) if (each !== self) each.postMessage({ depthscope: 1, type, turn }, '*');
  };

  addEventListener('message', ({ data, source, origin }) => {
    // From another embed like this one: in a sandbox both are nobody in particular.
    if (origin !== self.origin || source === self || !(source && 'closed' in source)) return;
    const said = v.safeParse(schema, data);
    if (!said.success) return;
    const { type, turn } = said.output;
    if (type === 'rests') {
      if (source === holder) hold(null);
    } else if (mine && !yieldsTo(mine, turn)) {
      tell('training', mine);
    } else {
      hold(source);
      if (mine) {
        mine = null;
        onYield();
      }
    }
  });
  // A frame that is taken away says no more.
  addEventListener('pagehide', () => mine && tell('rests', mine));

  return {
    take(isByHand) {
      mine = { isByHand, at: Date.now(), id };
      clearInterval(look);
      holder = null;
      tell('training', mine);
    },
    leave() {
      if (mine) tell('rests', mine);
      mine = null;
    },
    isMine: () => mine !== null,
  };
}
