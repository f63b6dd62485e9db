/**
 * Python pickles without Python: a stack machine that builds arrays, strings, numbers, lists and dictionaries, and nothing else. A pickle may ask for any
 * function of Python to be called; the few that NumPy's arrays need are known here by name, whatever they would do there, and any other name ends the
 * reading. Source: CPython's Lib/pickletools.py, protocols 2 to 5.
 */
import { refuse } from '../../experiment/fileProblem.ts';
import type { NamedArray } from './namedArray.ts';
import { numbersOf } from './npy.ts';

/** Bytes (and Python 2's strings that are not ASCII) stay bytes; dictionaries are maps, tuples lists. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | NamedArray
  | readonly PickleValue[]
  | ReadonlyMap<PickleValue, PickleValue>;

/** A function of Python's that is known by name. */
class Global {
  constructor(readonly name: string) {}
}

/** An array or a type of numbers that is being made: `BUILD` fills it. */
class Making {
  result: NamedArray | null = null;
  type = '';
  constructor(readonly kind: 'array' | 'type') {}
}

/** Where a list of items begins on the stack. */
class Mark {}
const mark = new Mark();

type Item = PickleValue | Global | Making | Item[] | Map<Item, Item> | Mark;

const known = new Set([
  'numpy.core.multiarray _reconstruct',
  'numpy._core.multiarray _reconstruct',
  'numpy.core.numeric _frombuffer',
  'numpy._core.numeric _frombuffer',
  'numpy ndarray',
  'numpy dtype',
  '_codecs encode',
  '__builtin__ bytes',
  'builtins bytes',
  'collections OrderedDict',
]);

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** The bytes that a text has one character each for; by their index, as a batch has 30 million. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

class Machine {
  private position = 0;
  private stack: Item[] = [];
  private readonly memo = new Map<number, Item>();
  private readonly view: DataView;

  constructor(
    private readonly file: string,
    private readonly bytes: Uint8Array,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): Item {
    for (;;) {
      const code = this.byte();
      if (code === 0x2e) return this.pop();
      const does = opcodes[code];
      if (!does) this.damaged();
      does(this);
    }
  }

  damaged(): never {
    return refuse('pickle.damaged', { file: this.file, position: this.position });
  }

  byte(): number {
    const byte = this.bytes[this.position++];
    return byte ?? this.damaged();
  }

  take(length: number): Uint8Array {
    const from = this.position;
    if (length < 0 || from + length > this.bytes.length) this.damaged();
    this.position += length;
    return this.bytes.subarray(from, this.position);
  }

  uint(width: 2 | 4 | 8): number {
    const at = this.position;
    this.take(width);
    if (width === 2) return this.view.getUint16(at, true);
    return width === 4 ? this.view.getUint32(at, true) : Number(this.view.getBigUint64(at, true));
  }

  int(): number {
    this.take(4);
    return this.view.getInt32(this.position - 4, true);
  }

  double(): number {
    this.take(8);
    return this.view.getFloat64(this.position - 8);
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.position);
    if (end < 0) this.damaged();
    const text = latin1.decode(this.take(end - this.position));
    this.position++;
    return text;
  }

  push(item: Item): void {
    this.stack.push(item);
  }

  pop(): Item {
    const item = this.stack.pop();
    return item === undefined ? this.damaged() : item;
  }

  top(): Item {
    return this.stack.at(-1) ?? this.damaged();
  }

  popMark(): Item[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) this.damaged();
    const items = this.stack.splice(at);
    return items.slice(1);
  }

  remember(index = this.memo.size): void {
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    const item = this.memo.get(index);
    this.push(item === undefined ? this.damaged() : item);
  }

  list(): Item[] {
    const item = this.top();
    return Array.isArray(item) ? item : this.damaged();
  }

  map(): Map<Item, Item> {
    const item = this.top();
    return item instanceof Map ? item : this.damaged();
  }

  global(module: string, name: string): void {
    const full = `${module} ${name}`;
    if (!known.has(full)) refuse('pickle.code', { file: this.file, name: `${module}.${name}` });
    this.push(new Global(full));
  }

  /** What one of the known functions gives. */
  call(): void {
    const args = this.pop();
    const target = this.pop();
    if (!(target instanceof Global) || !Array.isArray(args)) this.damaged();
    const [first, second] = args;
    if (target.name.endsWith('_reconstruct')) this.push(new Making('array'));
    else if (target.name === 'numpy dtype') {
      const made = new Making('type');
      made.type = textOf(first) ?? this.damaged();
      this.push(made);
    } else if (target.name === '_codecs encode' && typeof first === 'string') {
      this.push(bytesOf(first));
    } else if (target.name.endsWith('bytes') && first === undefined) this.push(new Uint8Array());
    else if (target.name.endsWith('OrderedDict')) this.push(new Map());
    else if (target.name.endsWith('_frombuffer')) this.frombuffer(first, second, args[2], args[3]);
    else this.damaged();
  }

  private frombuffer(
    content: Item | undefined,
    type: Item | undefined,
    shape: Item | undefined,
    order: Item | undefined,
  ) {
    const made = new Making('array');
    made.result = this.arrayOf(shape, type, order === 'F', content);
    this.push(made);
  }

  private arrayOf(shape: Item | undefined, type: Item | undefined, isFortran: boolean, content: Item | undefined) {
    const bytes = typeof content === 'string' ? bytesOf(content) : content;
    if (!Array.isArray(shape) || !(type instanceof Making) || !(bytes instanceof Uint8Array)) this.damaged();
    const sizes = shape.map((each) => (typeof each === 'number' ? each : this.damaged()));
    return numbersOf({ file: this.file, shape: sizes, type: type.type, isFortran, content: bytes });
  }

  /** Fills what `_reconstruct` or `dtype` has begun: an array's state is (version, shape, type, order, bytes), a type's (version, byte order, …). */
  build(): void {
    const state = this.pop();
    const made = this.top();
    if (!(made instanceof Making) || !Array.isArray(state)) this.damaged();
    const [, shape, type, order, content] = state;
    if (made.kind === 'array') made.result = this.arrayOf(shape, type, order === true || order === 1, content);
    else made.type = `${textOf(shape) ?? ''}${made.type}`;
  }

  /** Python 2 wrote text and bytes alike. */
  oldString(length: number): void {
    const bytes = this.take(length);
    this.push(bytes.length < 1000 && bytes.every((byte) => byte < 128) ? latin1.decode(bytes) : bytes);
  }

  long(length: number): void {
    const bytes = this.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
    if ((bytes[length - 1] ?? 0) & 0x80) value -= 1n << BigInt(8 * length);
    this.push(Number(value));
  }

  mark(): void {
    this.push(mark);
  }

  frame(): void {
    this.take(8);
  }

  setItems(): void {
    const items = this.popMark();
    const map = this.map();
    for (let i = 0; i + 1 < items.length; i += 2) map.set(items[i] as Item, items[i + 1] as Item);
  }
}

function textOf(item: Item | undefined): string | null {
  if (typeof item === 'string') return item;
  return item instanceof Uint8Array ? latin1.decode(item) : null;
}

type Does = (machine: Machine) => void;

function tuple(length: number): Does {
  return (m) => {
    const items = Array.from({ length }, () => m.pop());
    m.push(items.reverse());
  };
}

const opcodes: Readonly<Record<number, Does>> = Object.fromEntries(
  Object.entries({
    '\x80': (m) => m.byte(),
    '\x95': (m) => m.frame(),
    '(': (m) => m.mark(),
    0: (m) => m.pop(),
    1: (m) => m.popMark(),
    2: (m) => m.push(m.top()),
    N: (m) => m.push(null),
    '\x88': (m) => m.push(true),
    '\x89': (m) => m.push(false),
    J: (m) => m.push(m.int()),
    K: (m) => m.push(m.byte()),
    M: (m) => m.push(m.uint(2)),
    G: (m) => m.push(m.double()),
    '\x8a': (m) => m.long(m.byte()),
    '\x8b': (m) => m.long(m.int()),
    I: (m) => {
      const text = m.line();
      m.push(text === '01' ? true : text === '00' ? false : Number(text));
    },
    L: (m) => m.push(Number(m.line().replace(/L$/, ''))),
    F: (m) => m.push(Number(m.line())),
    U: (m) => m.oldString(m.byte()),
    T: (m) => m.oldString(m.int()),
    C: (m) => m.push(m.take(m.byte())),
    B: (m) => m.push(m.take(m.uint(4))),
    '\x8e': (m) => m.push(m.take(m.uint(8))),
    '\x96': (m) => m.push(m.take(m.uint(8))),
    '\x8c': (m) => m.push(utf8.decode(m.take(m.byte()))),
    X: (m) => m.push(utf8.decode(m.take(m.uint(4)))),
    '\x8d': (m) => m.push(utf8.decode(m.take(m.uint(8)))),
    ']': (m) => m.push([]),
    '}': (m) => m.push(new Map<Item, Item>()),
    ')': (m) => m.push([]),
    '\x85': tuple(1),
    '\x86': tuple(2),
    '\x87': tuple(3),
    t: (m) => m.push(m.popMark()),
    l: (m) => m.push(m.popMark()),
    d: (m) => {
      const items = m.popMark();
      m.push(
        new Map(Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i] as Item, items[2 * i + 1] as Item])),
      );
    },
    a: (m) => {
      const item = m.pop();
      m.list().push(item);
    },
    e: (m) => {
      const items = m.popMark();
      const list = m.list();
      for (const item of items) list.push(item);
    },
    s: (m) => {
      const [value, key] = [m.pop(), m.pop()];
      m.map().set(key, value);
    },
    u: (m) => m.setItems(),
    q: (m) => m.remember(m.byte()),
    r: (m) => m.remember(m.uint(4)),
    '\x94': (m) => m.remember(),
    h: (m) => m.recall(m.byte()),
    j: (m) => m.recall(m.uint(4)),
    c: (m) => {
      const module = m.line();
      m.global(module, m.line());
    },
    '\x93': (m) => {
      const [name, module] = [textOf(m.pop()), textOf(m.pop())];
      m.global(module ?? m.damaged(), name ?? m.damaged());
    },
    R: (m) => m.call(),
    b: (m) => m.build(),
  } satisfies Record<string, Does>).map(([character, does]) => [character.charCodeAt(0), does]),
);

/** Leaves nothing of the machine in what it has made. */
function plain(file: string, item: Item): PickleValue {
  if (item instanceof Making) return item.result ?? item.type;
  if (item instanceof Global || item instanceof Mark) return refuse('pickle.damaged', { file, position: 0 });
  if (Array.isArray(item)) return item.map((each) => plain(file, each as Item));
  if (item instanceof Map) return new Map([...item].map(([key, value]) => [plain(file, key), plain(file, value)]));
  return item as PickleValue;
}

/**
 * Reads a pickle.
 *
 * @param file its name, for the sentence if something is wrong
 * @throws FileProblemError where it is damaged, or asks for anything but arrays, strings, numbers, lists and dictionaries
 */
export function readPickle(file: string, bytes: Uint8Array): PickleValue {
  return plain(file, new Machine(file, bytes).run());
}
