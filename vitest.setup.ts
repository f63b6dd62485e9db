/**
 * Property tests draw from one seed, so that a run of the tests says the same each time; `PROPERTY_SEED=2` draws others.
 */
import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly propertySeed: number;
    /** How many times as many networks engines are to draw. */
    readonly propertyRuns: number;
    readonly lessonSeeds: readonly number[];
  }
}

fc.configureGlobal({ seed: inject('propertySeed') });
