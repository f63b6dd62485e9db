/** What this page is in a class: nobody, a member, or the teacher. It outlives the view: a member who looks at the lab or at a lesson stays one. */
import { createStore } from 'zustand/vanilla';
import { formatLink } from '../../experiment/link.ts';
import { closeLesson, openLesson } from '../../lessons/progress.ts';
import { newestStep } from '../../session/selectors.ts';
import { recall, remember } from '../../session/storage/remembered.ts';
import type { Lab } from '../../session/store/lab.ts';
import type { LabState } from '../../session/store/state.ts';
import { finishedCells } from '../../session/sweeps/finishedCell.ts';
import type { Views } from '../../session/views.ts';
import { type HostClient, hostClass } from '../host.ts';
import { joinClass, type MemberClient } from '../member.ts';
import { planCell } from '../plan.ts';
import { type MemberView, newSecret } from '../protocol.ts';

export type Seat =
  | { readonly kind: 'none' }
  | { readonly kind: 'member'; readonly code: string; readonly client: MemberClient }
  | { readonly kind: 'host'; readonly code: string; readonly client: HostClient };

export const seat = createStore<Seat>(() => ({ kind: 'none' }));

/** What the seat needs of the page. */
export interface Place {
  readonly lab: Lab;
  readonly views: Views;
  /** The name of the images, checksums included. */
  readonly data: string;
}

const secretKey = (code: string): string => `class.${code}.secret`;

/** The teacher's page knows the secret of its class, and is its teacher again when it is loaded again. */
export function rememberSecret(code: string, secret: string): void {
  remember(secretKey(code), secret);
}

const page = (): string => location.href.replace(/[?#].*$/s, '');

/** Takes a seat in a class; in the one where this page sits already, nothing changes. */
export function sit(code: string, place: Place): void {
  const before = seat.getState();
  if (before.kind !== 'none') {
    if (before.code === code) return;
    before.client.leave();
  }
  const secret = recall(secretKey(code));
  if (secret !== null) {
    seat.setState({ kind: 'host', code, client: hostClass({ page: page(), code, secret }) }, true);
    return;
  }
  const tokenKey = `class.${code}.token`;
  const token = recall(tokenKey) ?? newSecret();
  remember(tokenKey, token);
  const boxKey = `class.${code}.outbox`;
  const outbox = { read: () => recall(boxKey), write: (text: string) => remember(boxKey, text) };
  const client = joinClass({ page: page(), code, token, outbox });
  seat.setState({ kind: 'member', code, client }, true);
  takePart(client, place);
}

/** Gives the seat up; what is in the outbox is sent when the same browser comes back. */
export function leave(): void {
  const now = seat.getState();
  if (now.kind !== 'none') now.client.leave();
  seat.setState({ kind: 'none' }, true);
}

/** The experiment of a member's network; null where it has none. */
export function experimentOf({ plan, index }: MemberView) {
  return (index === null ? null : planCell(plan, index)?.experiment) ?? null;
}

/** Whether the lab holds what the class asked for. */
export function isAsked(state: Pick<LabState, 'experiment' | 'base'>, view: MemberView): boolean {
  const asked = experimentOf(view);
  return asked !== null && state.base === null && formatLink(asked) === formatLink(state.experiment);
}

/** Loads what the class asks for into the lab, follows the teacher's pace, tells how far the run is, and hands it in. */
function takePart(client: MemberClient, { lab, views, data }: Place): void {
  const isHere = (): boolean => {
    const now = seat.getState();
    return now.kind === 'member' && now.client === client;
  };
  const load = (view: MemberView): void => {
    const asked = experimentOf(view);
    if (asked && !isAsked(lab.store.getState(), view)) lab.commands.open(asked);
  };
  const stopFollowing = client.store.subscribe(({ view }, { view: before }) => {
    if (!isHere()) {
      stopFollowing();
      stopWatching();
      return;
    }
    if (!view || view === before) return;
    const { lesson, isPaused } = view.news.pace;
    const isOther = lesson !== (before?.news.pace.lesson ?? null);
    if (isOther && lesson !== null) openLesson(lesson);
    if (isOther && lesson === null) {
      closeLesson();
      views.setState({ view: 'class' });
    }
    if (lesson === null && (view.index !== before?.index || isOther)) load(view);
    if (isPaused && lesson === null && lab.store.getState().isPlaying) lab.commands.pause();
  });
  const stopWatching = lab.store.subscribe((state, before) => {
    const { view } = client.store.getState();
    if (view?.index == null || !isHere() || !isAsked(state, view)) return;
    if (state.status.kind === 'finished') {
      if (before.status.kind === 'finished') return;
      const [cell] = finishedCells(state, data);
      if (cell) client.handIn(view.index, cell);
    } else if (state.isPlaying) client.progress(view.index, newestStep(state) / state.experiment.training.steps);
  });
}
