/**
 * What a page and an embed in it say to each other: `docs/embed.md` describes it for those who speak it by hand. Everything that arrives is checked
 * against these schemas; what fits none is not answered.
 */
import * as v from 'valibot';
import { networkIds } from '../experiment/experiment.ts';
import { limits } from '../experiment/limits.ts';
import { quantities } from '../records/records.ts';
import { themeChoices } from '../ui/theme.ts';
import { embedParts } from './address.ts';

/** Of the protocol. What is added does not change it; what is taken away or means something else does. */
export const PROTOCOL = 1;

const id = v.union([v.pipe(v.string(), v.maxLength(100)), v.number()]);

/** From the page around, to the window of the embed. */
export const connectSchema = v.object({ depthscope: v.literal(PROTOCOL), type: v.literal('connect'), id });

/** By the port. */
export const requestSchema = v.object({
  id,
  method: v.pipe(v.string(), v.maxLength(40)),
  params: v.optional(v.record(v.string(), v.unknown()), {}),
});

const link = v.pipe(v.string(), v.maxLength(limits.linkLength));
const nothing = v.object({});
const optionsSchema = {
  show: v.optional(v.pipe(v.array(v.picklist(embedParts)), v.minLength(1))),
  ui: v.optional(v.picklist(['none', 'transport'])),
  theme: v.optional(v.picklist(themeChoices)),
};

/** Opaque to whoever keeps it: what it holds may change with its version. */
export const stateSchema = v.object({ v: v.literal(1), link, ...optionsSchema, step: v.nullable(v.number()) });
export type KeptState = v.InferOutput<typeof stateSchema>;

/** The parameters of each request. */
export const methods = {
  getState: nothing,
  setState: v.object({ state: stateSchema }),
  open: v.object({ link }),
  play: nothing,
  pause: nothing,
  step: v.object({ steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 1) }),
  seek: v.object({ step: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
  reset: nothing,
  getResult: nothing,
  measure: v.object({
    network: v.optional(v.picklist(networkIds), 'a'),
    quantity: v.optional(v.picklist(quantities), 'signalGradient'),
    step: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))), null),
  }),
  picture: v.object({ format: v.optional(v.picklist(['svg', 'png']), 'svg') }),
  set: v.object({
    ...optionsSchema,
    locale: v.optional(v.pipe(v.string(), v.maxLength(35))),
    steps: v.optional(v.boolean()),
  }),
} as const;
export type Method = keyof typeof methods;
export type Params<M extends Method> = v.InferOutput<(typeof methods)[M]>;

export const phases = ['idle', 'loading', 'ready', 'running', 'paused', 'finished', 'diverged', 'lost'] as const;
export type Phase = (typeof phases)[number];

/** Of an answer or an `error` event. Codes are the interface; the sentences beside them are for people, and may change. */
export const errorCodes = [
  'unknownMethod',
  'badParams',
  'badLink',
  'noNetwork',
  'noStep',
  'noPicture',
  'unsupported',
  'loadFailed',
  'lost',
  'flood',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export class HostError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'HostError';
  }
}
