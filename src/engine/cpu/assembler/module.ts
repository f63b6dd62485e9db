/**
 * The binary format of a WebAssembly module that imports its memory and a few functions of the host. Functions of the same
 * code are one function: kernels take the addresses of what they work on as parameters, so layers of one shape share theirs.
 */
import { type Code, get, i32, type Local, set, tee, types, unsigned, type ValueType } from './code.ts';

/** A function in the making: hands out its locals. */
export class FunctionBuilder {
  private readonly locals: ValueType[] = [];
  private readonly parameters: ValueType[] = [];

  parameter(type: ValueType = 'i32'): Local {
    return { kind: 'parameter', number: this.parameters.push(type) - 1, type };
  }

  local(type: ValueType): Local {
    return { kind: 'local', number: this.locals.push(type) - 1, type };
  }

  /** Runs the body so many times, at least once. */
  repeat(count: number, body: Code): Code {
    if (count === 1) return body;
    const left = this.local('i32');
    return [
      set(left, i32.const(count)),
      [0x03, 0x40, body, tee(left, i32.sub(get(left), i32.const(1))), 0x0d, 0, 0x0b],
    ];
  }

  /** The same for a number that is known when it runs: never, where that is 0. */
  repeatCounted(count: Code, body: Code): Code {
    const left = this.local('i32');
    const loop: Code = [0x03, 0x40, body, tee(left, i32.sub(get(left), i32.const(1))), 0x0d, 0, 0x0b];
    return [tee(left, count), 0x04, 0x40, loop, 0x0b];
  }

  /** @param result what it returns, if anything */
  finished(name: string, body: Code, result: ValueType | null = null): FunctionCode {
    const runs: [number, ValueType][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last && last[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const locals = [unsigned(runs.length), runs.map(([count, type]) => [unsigned(count), types[type]])];
    // Bytes at once: the nested lists of a whole plan would take a hundred times the memory.
    const bytes = flatten([locals, body, 0x0b], this.parameters.length);
    return { name, parameters: this.parameters, result, bytes };
  }
}

export interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | null;
  /** Locals and body. */
  readonly bytes: Uint8Array;
}

/** Where bytes are put together: as large as the largest module so far. */
let room = new Uint8Array(65_536);
let used = 0;

/** @param parameters how many the function has in front of its locals */
function write(code: Code, parameters: number): void {
  if (typeof code === 'number') {
    makeRoom(1);
    room[used++] = code;
  } else if (Array.isArray(code)) {
    for (let i = 0; i < code.length; i++) write(code[i] as Code, parameters);
  } else if (code instanceof Uint8Array) {
    makeRoom(code.length);
    room.set(code, used);
    used += code.length;
  } else if ('kind' in code) {
    write(unsigned(code.kind === 'local' ? parameters + code.number : code.number), 0);
  }
}

function makeRoom(bytes: number): void {
  if (used + bytes <= room.length) return;
  const larger = new Uint8Array(2 * (used + bytes));
  larger.set(room);
  room = larger;
}

function flatten(code: Code, parameters = 0): Uint8Array<ArrayBuffer> {
  used = 0;
  write(code, parameters);
  return room.slice(0, used);
}

/** Number of a function, by which it is called. */
export type FunctionIndex = number;

export const call = (index: FunctionIndex, args: readonly Code[] = []): Code => [args, 0x10, unsigned(index)];

export interface MemoryImport {
  readonly shared: boolean;
  /** Pages of 64 KiB. */
  readonly least: number;
  readonly most: number;
}

export class ModuleBuilder {
  private readonly signatures: string[] = [];
  private readonly functions: { readonly name: string; readonly signature: number; readonly bytes: Uint8Array }[] = [];
  private readonly added = new Map<FunctionCode, FunctionIndex>();
  /** By a hash of their bytes. */
  private readonly known = new Map<number, FunctionIndex[]>();
  private readonly exported: { readonly name: string; readonly index: FunctionIndex }[] = [];

  /** @param hosts functions () → () that it imports from `host`, which come first */
  constructor(
    private readonly memory: MemoryImport,
    private readonly hosts: readonly string[],
  ) {
    this.signature([], null);
  }

  host(name: string): FunctionIndex {
    const index = this.hosts.indexOf(name);
    if (index < 0) throw new RangeError(`no host function ${name}`);
    return index;
  }

  add(code: FunctionCode): FunctionIndex {
    const index = this.added.get(code) ?? this.addBytes(code);
    this.added.set(code, index);
    return index;
  }

  private addBytes({ name, parameters, result, bytes }: FunctionCode): FunctionIndex {
    const signature = this.signature(parameters, result);
    let hash = 2_166_136_261;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619);
    const alike = this.known.get(hash) ?? [];
    const known = alike.find((index) => {
      const other = this.functions[index - this.hosts.length];
      return other?.signature === signature && sameBytes(other.bytes, bytes);
    });
    if (known !== undefined) return known;
    const index = this.hosts.length + this.functions.push({ name, signature, bytes }) - 1;
    this.known.set(hash, [...alike, index]);
    return index;
  }

  export(name: string, index: FunctionIndex): void {
    this.exported.push({ name, index });
  }

  finished(): Uint8Array<ArrayBuffer> {
    const { memory, hosts, functions, exported } = this;
    const text = (value: string) => [unsigned(value.length), [...value].map((each) => each.charCodeAt(0))];
    const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
    const sized = (bytes: Uint8Array): Code => [unsigned(bytes.length), bytes];
    const section = (id: number, content: Code): Code => [id, sized(flatten(content))];
    const typeList = this.signatures.map((each) => {
      const [parameters = [], result = []] = JSON.parse(each) as [ValueType[], ValueType[]];
      return [0x60, list(parameters.map((type) => types[type])), list(result.map((type) => types[type]))];
    });
    const limits = [memory.shared ? 3 : 1, unsigned(memory.least), unsigned(memory.most)];
    const imported = hosts.map((name) => [text('host'), text(name), 0, 0]);
    // Names, for debuggers and profilers.
    const names = functions.map(({ name }, i) => [unsigned(hosts.length + i), text(name.replace(/[^ -~]/g, '-'))]);
    return flatten([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, list(typeList)),
      section(2, list([...imported, [text('host'), text('memory'), 2, limits]])),
      section(3, list(functions.map(({ signature }) => unsigned(signature)))),
      section(7, list(exported.map(({ name, index }) => [text(name), 0, unsigned(index)]))),
      section(10, list(functions.map(({ bytes }) => sized(bytes)))),
      section(0, [text('name'), 1, sized(flatten(list(names)))]),
    ]);
  }

  private signature(parameters: readonly ValueType[], result: ValueType | null): number {
    const key = JSON.stringify([parameters, result === null ? [] : [result]]);
    const known = this.signatures.indexOf(key);
    return known >= 0 ? known : this.signatures.push(key) - 1;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
