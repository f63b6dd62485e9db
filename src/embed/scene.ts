/** What an embed shows, and how. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/problem.ts';
import { text } from '../messages/messages.ts';
import type { EmbedOptions } from './address.ts';
import type { Bet } from './bet.ts';

/** What is to be shown. */
export interface Scene {
  readonly experiment: Experiment;
  /** Whose experiment it is: its number and its part, from 0; null for none. */
  readonly lesson: { readonly number: number; readonly part: number } | null;
  /** What of the address cannot be followed. */
  readonly problems: readonly Problem[];
  /** The hash that means it. */
  readonly link: string;
  /** The address of the same in Depthscope itself. */
  readonly href: string;
}

export interface EmbedState {
  readonly options: EmbedOptions;
  readonly scene: Scene;
  /** Another embed of the page trains. */
  readonly isWaiting: boolean;
  /** On what is on show; null for none. */
  readonly bet: Bet | null;
}

export type EmbedStore = StoreApi<EmbedState>;

export const createEmbed = (options: EmbedOptions, scene: Scene): EmbedStore =>
  createStore<EmbedState>(() => ({ options, scene, isWaiting: false, bet: null }));

/** What an embed is called where it stands: its lesson, or its networks. */
export function titleOf({ experiment, lesson }: Scene): string {
  const titles: readonly string[] = Object.values(text.lessons.titles);
  if (lesson) return text.embed.lesson(lesson.number, titles[lesson.number - 1] ?? '');
  return text.names.networks(experiment.networks, experiment.training.size).join(' · ');
}
