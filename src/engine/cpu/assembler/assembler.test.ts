import { describe, expect, it } from 'vitest';
import { f32, get, i32, set, signed, unsigned } from './code.ts';
import { call, FunctionBuilder, ModuleBuilder } from './module.ts';

function instance(module: ModuleBuilder): Record<string, (...args: number[]) => number> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const made = new WebAssembly.Instance(new WebAssembly.Module(module.finished()), {
    host: { memory, told: () => {} },
  });
  return made.exports as Record<string, (...args: number[]) => number>;
}

const newModule = () => new ModuleBuilder({ shared: false, least: 1, most: 1 }, ['told']);

describe('LEB128', () => {
  // The examples of the DWARF and WebAssembly specifications.
  it.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %i', (value, bytes) => expect(unsigned(value)).toEqual(bytes));

  it.each([
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-123456, [0xc0, 0xbb, 0x78]],
  ])('writes %i with its sign', (value, bytes) => expect(signed(value)).toEqual(bytes));
});

describe('a module', () => {
  it('computes with parameters that were asked for behind locals', () => {
    const module = newModule();
    const fn = new FunctionBuilder();
    const sum = fn.local('i32');
    const [a, b] = [fn.parameter(), fn.parameter()];
    const body = [set(sum, i32.add(get(a), get(b))), i32.mul(get(sum), i32.const(-3))];
    module.export('f', module.add(fn.finished('f', body, 'i32')));
    expect(instance(module).f?.(4, 5)).toBe(-27);
  });

  it('runs loops as often as they say, and never where that is 0', () => {
    const module = newModule();
    const fn = new FunctionBuilder();
    const [times, turns] = [fn.parameter(), fn.local('i32')];
    const once = set(turns, i32.add(get(turns), i32.const(1)));
    const body = [fn.repeatCounted(get(times), fn.repeat(3, once)), get(turns)];
    module.export('f', module.add(fn.finished('f', body, 'i32')));
    const { f } = instance(module);
    expect([0, 1, 5].map((each) => f?.(each))).toEqual([0, 3, 15]);
  });

  it('holds functions of the same code once, and tells others apart', () => {
    const module = newModule();
    const storing = (offset: number) => {
      const fn = new FunctionBuilder();
      return module.add(fn.finished('store', f32.store(get(fn.parameter()), f32.const(1.5), offset)));
    };
    expect(storing(4)).toBe(storing(4));
    expect(storing(4)).not.toBe(storing(8));
    const calling = new FunctionBuilder();
    module.export(
      'g',
      module.add(calling.finished('g', [call(module.host('told')), call(storing(4), [i32.const(0)])])),
    );
    expect(instance(module).g?.()).toBeUndefined();
  });
});
