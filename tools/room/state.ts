/**
 * A class as what follows from its events, in their order: the same events give the same class, in every process and after every restart. An event that
 * asks for what is so already changes nothing, so whatever was lost on its way may be sent again.
 */

import { planCell } from '../../src/classroom/plan.ts';
import {
  type Choice,
  type ClassResult,
  choices,
  classLimits,
  type MemberView,
  type News,
  type Pace,
  type Plan,
} from '../../src/classroom/protocol.ts';
import type { FinishedCell } from '../../src/session/sweeps/finishedCell.ts';

/** What becomes of a member, who is named by a hash of its token. */
type MemberEvent =
  /** Its page is gone, and has not come back over another connection. */
  | { readonly type: 'left'; readonly member: string; readonly socket: string }
  | { readonly type: 'began'; readonly member: string; readonly index: number }
  | { readonly type: 'predicted'; readonly member: string; readonly choice: Choice }
  | { readonly type: 'arrived'; readonly member: string; readonly index: number; readonly cell: FinishedCell }
  | { readonly type: 'wentOn'; readonly member: string; readonly after: number };

/** What happens in a class. */
export type ClassEvent =
  | MemberEvent
  /** `secret` is its hash. */
  | { readonly type: 'opened'; readonly plan: Plan; readonly data: string; readonly secret: string }
  /** A member's page has connected to a process, for the first time or again. */
  | { readonly type: 'joined'; readonly member: string; readonly server: string; readonly socket: string }
  | { readonly type: 'steered'; readonly pace: Pace }
  | { readonly type: 'struck'; readonly key: string; readonly isStruck: boolean }
  | { readonly type: 'closed' };

interface Member {
  readonly number: number;
  /** Where it is connected; null while it is not. */
  at: { readonly server: string; readonly socket: string } | null;
  /** Its network; null where there are none left. */
  index: number | null;
  hasBegun: boolean;
  /** All networks that it was ever asked for. */
  readonly dealt: Set<number>;
  prediction: Choice | null;
}

export class ClassState {
  plan: Plan = { link: '', depths: [] };
  /** The name of the images that the teacher's page trains on. */
  data = '';
  secret = '';
  pace: Pace = { isPaused: true, lesson: null, isOpen: true };
  isOver = false;
  readonly members = new Map<string, Member>();
  readonly results = new Map<string, ClassResult>();
  /** Networks of members that have left before their run had arrived. */
  private freed: number[] = [];
  private next = 0;
  /** Networks of which a run has arrived. */
  private readonly done = new Set<number>();

  /** @returns the result that has arrived, or was struck or put back; null where there is none */
  apply(event: ClassEvent): ClassResult | null {
    switch (event.type) {
      case 'opened':
        Object.assign(this, { plan: event.plan, data: event.data, secret: event.secret });
        return null;
      case 'steered':
        this.pace = event.pace;
        return null;
      case 'closed':
        this.isOver = true;
        return null;
      case 'struck':
        return this.put(event.key, { isStruck: event.isStruck });
      case 'joined':
        this.join(event.member, { server: event.server, socket: event.socket });
        return null;
      default: {
        const member = this.members.get(event.member);
        return member ? this.applyTo(member, event) : null;
      }
    }
  }

  /** Changes a result that is there. */
  private put(key: string, changes: Partial<ClassResult>): ClassResult | null {
    const before = this.results.get(key);
    if (!before) return null;
    const result = { ...before, ...changes };
    this.results.set(key, result);
    return result;
  }

  private applyTo(member: Member, event: MemberEvent): ClassResult | null {
    switch (event.type) {
      case 'left':
        // It may be back already.
        if (member.at?.socket !== event.socket) return null;
        member.at = null;
        if (member.index !== null && !this.done.has(member.index)) this.freed.push(member.index);
        return null;
      case 'began':
        if (member.index === event.index) member.hasBegun = true;
        return null;
      case 'predicted':
        member.prediction = event.choice;
        return null;
      case 'arrived': {
        const key = resultKey(member, event.index);
        if (this.results.has(key) || !member.dealt.has(event.index)) return null;
        const result = { key, number: member.number, cell: event.cell, isStruck: false };
        this.results.set(key, result);
        this.done.add(event.index);
        this.freed = this.freed.filter((index) => index !== event.index);
        return result;
      }
      case 'wentOn':
        if (member.index === event.after && this.results.has(resultKey(member, event.after))) this.deal(member);
        return null;
    }
  }

  private join(id: string, at: NonNullable<Member['at']>): void {
    const known = this.members.get(id);
    if (known) {
      known.at = at;
      // Whatever it has trained so far is its own: nobody else is asked for it meanwhile.
      this.freed = this.freed.filter((index) => index !== known.index);
      return;
    }
    const number = this.members.size;
    const member: Member = { number, at, index: null, hasBegun: false, dealt: new Set(), prediction: null };
    this.members.set(id, member);
    this.deal(member);
  }

  /** The next network: one that somebody has left behind, else the next of the round. */
  private deal(member: Member): void {
    const own = this.freed.findIndex((index) => !member.dealt.has(index));
    const [freed] = own < 0 ? [] : this.freed.splice(own, 1);
    member.index = freed ?? this.next++;
    member.hasBegun = false;
    member.dealt.add(member.index);
    if (member.dealt.size > classLimits.results || !planCell(this.plan, member.index)) member.index = null;
  }

  news(): News {
    const here = [...this.members.values()].filter(({ at }) => at !== null);
    const bets = [...this.members.values()].map(({ prediction }) => prediction);
    const predictions = Object.fromEntries(
      choices.map((choice) => [choice, bets.filter((bet) => bet === choice).length]),
    );
    return {
      pace: this.pace,
      joined: here.length,
      training: here.filter((member) => member.hasBegun && !this.isDone(member)).length,
      done: this.results.size,
      predictions: predictions as News['predictions'],
    };
  }

  viewOf(id: string): MemberView | null {
    const member = this.members.get(id);
    if (!member) return null;
    const { number, index, prediction } = member;
    return { plan: this.plan, number, index, isDone: this.isDone(member), prediction, news: this.news() };
  }

  private isDone(member: Member): boolean {
    return member.index !== null && this.results.has(resultKey(member, member.index));
  }
}

function resultKey({ number }: Member, index: number): string {
  return `${number}.${index}`;
}
