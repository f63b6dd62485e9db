/** Loops in loops whose bodies find everything by pointers, which advance by constants: no index is ever multiplied. */
import { type Code, get, i32, type Local, set } from '../assembler/code.ts';
import type { FunctionBuilder } from '../assembler/module.ts';

export interface Level {
  readonly count: number;
  /** By how many bytes pointers advance from one turn to the next; others stay. */
  readonly steps: readonly (readonly [Local, number])[];
}

export function advance(pointer: Local, bytes: number): Code {
  return bytes === 0 ? [] : set(pointer, i32.add(get(pointer), i32.const(bytes)));
}

/**
 * Runs the body in loops, the first level outermost. Pointers end where they began.
 * @param body leaves the pointers as it found them
 */
export function nest(fn: FunctionBuilder, levels: readonly Level[], body: Code): Code {
  const pointers = [...new Set(levels.flatMap(({ steps }) => steps.map(([pointer]) => pointer)))];
  const stepOf = ({ steps }: Level, pointer: Local) =>
    steps.reduce((sum, [each, bytes]) => (each === pointer ? sum + bytes : sum), 0);
  // How far the levels inside have moved each pointer; making up for it is one addition with the step.
  let moved = new Map<Local, number>();
  let code = body;
  for (const level of levels.toReversed()) {
    if (level.count === 1) continue;
    const inside = moved;
    const turn = [
      code,
      pointers.map((pointer) => advance(pointer, stepOf(level, pointer) - (inside.get(pointer) ?? 0))),
    ];
    code = fn.repeat(level.count, turn);
    moved = new Map(pointers.map((pointer) => [pointer, level.count * stepOf(level, pointer)]));
  }
  return [code, pointers.map((pointer) => advance(pointer, -(moved.get(pointer) ?? 0)))];
}
