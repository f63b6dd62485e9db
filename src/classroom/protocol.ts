/**
 * What the members of a class, its teacher and the server say to each other over Socket.IO. Whoever receives something checks it against the schema
 * here. Questions get an `Answer`; what the server tells by itself are `News`, `Results` and `Progress`.
 */
import * as v from 'valibot';
import { limits as experimentLimits } from '../experiment/limits.ts';
import { type FinishedCell, finishedCellSchema } from '../session/sweeps/finishedCell.ts';

/** Of all that a stranger can send, and of what a server holds. */
export const classLimits = {
  /** Bytes of a message: a record with an evaluation after every step of a long run has less. */
  messageBytes: 40_000,
  /** Messages of one connection in any ten seconds; what is beyond is refused, and ten times as many end the connection. */
  messages: 50,
  /** Classes that are open on one server. */
  classes: 2000,
  /** Classes that are opened from one address in an hour: of a whole school, where it has one address. */
  opened: 60,
  /** Codes of no class that are tried from one address in a minute. */
  wrongCodes: 120,
  /** Members of a class. */
  members: 2500,
  /** Results of one member. */
  results: 60,
  /** Connections to one server. */
  connections: 20_000,
  /** Depths of a plan. */
  depths: 8,
  /** A class ends so long after its last word. */
  quietMs: 2 * 60 * 60 * 1000,
} as const;

/** Below the page, so that a class is where its page is. */
export const SOCKET_PATH = 'class/';

/** Nothing that looks like something else on a projector: no 0 and O, no 1, I and L. */
export const codeAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const CODE_LENGTH = 6;

const code = v.pipe(
  v.string(),
  v.maxLength(20),
  v.transform((typed) => typed.toUpperCase().replaceAll(/[\s-]/g, '')),
  v.regex(new RegExp(`^[${codeAlphabet}]{${CODE_LENGTH}}$`)),
);

/** The code of a class as somebody has typed it; null where it can be none. */
export function readCode(typed: string): string | null {
  const read = v.safeParse(code, typed);
  return read.success ? read.output : null;
}

/** 128 random bits: a member's token, or the secret of a class, which its code does not give away. */
const secret = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
const shortText = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What a class trains: depths × plain and residual × as many seeds as it has members for. */
export const planSchema = v.object({
  /** All else is as in the first network of this link. */
  link: shortText(experimentLimits.linkLength),
  depths: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(200))),
    v.minLength(1),
    v.maxLength(classLimits.depths),
  ),
});
export type Plan = v.InferOutput<typeof planSchema>;

export const choices = ['plain', 'residual', 'close'] as const;
export type Choice = (typeof choices)[number];

/** What the teacher has everybody do. */
export const paceSchema = v.object({
  /** Whether nobody trains: before the start, and in between. */
  isPaused: v.boolean(),
  /** The lesson that everybody is in; null while they train. */
  lesson: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))),
  /** Whether others may still join. */
  isOpen: v.boolean(),
});
export type Pace = v.InferOutput<typeof paceSchema>;

/** A finished run, without the name that its owner calls it by; whether it is one that the class asked its sender for is the server's to say. */
const cell = v.pipe(
  finishedCellSchema,
  v.check(({ engine }) => JSON.stringify(engine).length <= 300),
  v.transform(({ name: _, ...others }): FinishedCell => others),
);

/** What can be asked of the server, and how each question must look. */
export const questions = {
  /** Opens a class. @see Opened */
  open: v.object({ plan: planSchema, data: shortText(200), secret }),
  /** Of the teacher's page, whenever it has connected. @see HostView */
  host: v.object({ code, secret }),
  /** Of a member's page, whenever it has connected: the same token comes back as the same member. @see MemberView */
  join: v.object({ code, token: secret }),
  predict: v.object({ choice: v.picklist(choices) }),
  /** The run has begun, or is so far; the first of each run is a word, and the others are forgotten. */
  progress: v.object({ index: count, share }),
  /** A run; what has arrived before is answered as if it arrived now. */
  result: v.object({ index: count, cell }),
  /** Another network, once the one before has arrived. @see MemberView */
  next: v.object({ after: count }),
  steer: v.object({ pace: paceSchema }),
  strike: v.object({ key: shortText(80), isStruck: v.boolean() }),
  close: v.object({}),
} as const;
export type Questions = typeof questions;
export type QuestionName = keyof Questions;
export type Question<N extends QuestionName> = v.InferOutput<Questions[N]>;

/** Why a question is refused. What is asked again meets the same refusal, but for `busy` and `failed`. */
export type Refusal =
  /** It is not as its schema says, or not to be asked by whoever asked it. */
  | 'invalid'
  /** There is no such class, or not any more. */
  | 'gone'
  /** The secret is another one. */
  | 'secret'
  /** The class is full, or its teacher lets nobody in any more; the server holds as many classes as it may. */
  | 'full'
  | 'closedDoor'
  /** It is no result of the run that was asked for. */
  | 'otherRun'
  /** Too many questions. */
  | 'busy'
  /** The server could not keep it. */
  | 'failed';

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Refusal };

/** What everybody in a class is told, once a second at most. */
export interface News {
  readonly pace: Pace;
  /** Members whose pages are connected, or were a moment ago. */
  readonly joined: number;
  readonly training: number;
  /** Runs that have arrived. */
  readonly done: number;
  readonly predictions: Readonly<Record<Choice, number>>;
}

export interface MemberView {
  readonly plan: Plan;
  /** By which its name is chosen. */
  readonly number: number;
  /** Its network; null where there are none left. */
  readonly index: number | null;
  /** Whether that network's run has arrived. */
  readonly isDone: boolean;
  readonly prediction: Choice | null;
  readonly news: News;
}

/** A run that has arrived. */
export interface ClassResult {
  /** One of each member and network. */
  readonly key: string;
  /** Of its member. */
  readonly number: number;
  readonly cell: FinishedCell;
  readonly isStruck: boolean;
}

export interface Opened {
  readonly code: string;
}

export interface HostView {
  readonly plan: Plan;
  readonly news: News;
  readonly results: readonly ClassResult[];
  /** An address at which others in the same network reach the page, where the teacher's own is of this machine alone. */
  readonly origin: string | null;
}

/** How far those are that train over one server: of so many runs, the sum of their shares. */
export interface Progress {
  readonly server: string;
  readonly runs: number;
  readonly sum: number;
}

export interface Answers {
  readonly open: Opened;
  readonly host: HostView;
  readonly join: MemberView;
  readonly predict: null;
  readonly progress: null;
  readonly result: MemberView;
  readonly next: MemberView;
  readonly steer: null;
  readonly strike: null;
  readonly close: null;
}

export type ToServer = {
  [N in QuestionName]: (question: Question<N>, answer?: (answer: Answer<Answers[N]>) => void) => void;
};

export interface FromServer {
  news: (news: News) => void;
  /** To the teacher: runs that have arrived, or were struck or put back, since the last ones. */
  results: (results: readonly ClassResult[]) => void;
  progress: (progress: Progress) => void;
  /** The class is over: it was closed, or nobody has said a word for long. */
  over: () => void;
}
