/** Where the events of classes are kept, each class in a log of its own, which only grows. */
import type { ClassEvent } from './state.ts';

export interface ClassLog {
  /** Starts the log of a class. @returns false where there is one of this code already */
  create(code: string, opened: ClassEvent): Promise<boolean>;
  /**
   * Hands over all events of a class in their order, first those that are there already, and then each that is appended, by whichever process.
   * @returns false where there is no such class; else once all that are there have been handed over
   */
  follow(code: string, apply: (event: ClassEvent) => void): Promise<boolean>;
  /** Keeps an event. @returns once it is kept and has been handed over; false where the class is gone */
  append(code: string, event: ClassEvent): Promise<boolean>;
  /** Ends the following, as of a class that nobody here is connected to. */
  forget(code: string): void;
  remove(code: string): Promise<void>;
  /** How many classes there are. */
  count(): Promise<number>;
  /** Forgets those whose last word was too long ago, and hands over what has been missed of others. @returns the codes of those that are gone */
  tend(): Promise<readonly string[]>;
  /** Whether a process is at work, so that members that are connected to it are. */
  isAtWork(server: string): Promise<boolean>;
  close(): Promise<void>;
}
