import { expect, it } from 'vitest';
import { get, i32 } from '../assembler/code.ts';
import { FunctionBuilder, ModuleBuilder } from '../assembler/module.ts';
import { Helping } from './helping.ts';
import { words } from './team.ts';

/** A program whose threads count their runs: number 1 at address 4. */
function counting() {
  const builder = new ModuleBuilder({ shared: true, least: 1, most: 1 }, []);
  const fn = new FunctionBuilder();
  const own = i32.mul(get(fn.parameter()), i32.const(4));
  builder.export('run', builder.add(fn.finished('run', i32.store(own, i32.add(i32.load(own), i32.const(1))))));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  return { module: new WebAssembly.Module(builder.finished()), memory };
}

it('a helper that nobody tells anything comes to itself, and misses no run', () => {
  const memory = new SharedArrayBuffer(12);
  const control = new Int32Array(memory);
  control[words.sent] = 1;
  const helping = new Helping(memory, 1);
  expect(helping.help()).toBe(true);
  // A message is on its way.
  control[words.sent] = 2;
  expect(helping.help()).toBe(false);
  const program = counting();
  helping.take({ id: 7, hosts: [], ...program });
  control[words.program] = 7;
  control[words.told] = 1;
  expect(helping.help()).toBe(true);
  expect([...new Int32Array(program.memory.buffer, 0, 3)]).toEqual([0, 1, 0]);
});
