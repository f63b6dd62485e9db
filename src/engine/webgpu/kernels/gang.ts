/**
 * A kernel for several networks of one graph at a time: the third dimension of its workgroups says which of those that take part. Each
 * network's numbers are an array in the buffers, and what the kernel does with them is what it would do for one network alone, bit for bit.
 */
import type { BufferRef } from '../plan/buffers.ts';
import type { Kernel } from './wgsl.ts';

/** Bytes of the types that buffers are arrays of. */
const sizes: Readonly<Record<string, number>> = { f32: 4, u32: 4, vec2f: 8, vec4f: 16, vec4u: 16, Drop: 16 };

/** Bytes of one network; null where what is whose stands in tables. */
function bytesOfOne(ref: BufferRef, networks: number): number | null {
  if (ref.kind === 'plan') return ref.buffer.bytes / networks;
  return ref.offset === null ? ref.each : ref.bytes / networks;
}

/** @param buffers in the order of the kernel's bindings */
export function ganged(kernel: Kernel, networks: number, buffers: readonly BufferRef[]): Kernel {
  const own = kernel.bindings.flatMap(({ name, type }, i) => {
    const ref = buffers[i];
    const bytes = ref ? bytesOfOne(ref, networks) : null;
    return bytes === null ? [] : [{ name, type, length: bytes / (sizes[type] ?? Number.NaN) }];
  });
  const arrays = own.reduce(
    (code, { name, type, length }) =>
      code.replace(`> ${name}: array<${type}>;`, `> ${name}: array<array<${type}, ${length}>>;`),
    kernel.code,
  );
  const told = arrays
    .replace(/^struct Run \{ (.*) \}$/m, 'struct Run { @align(16) $1, network: u32 }')
    .replace('var<uniform> run: Run;', `var<uniform> run: array<Run, ${networks}>;`)
    .replace(
      /^(fn main\(@builtin\(workgroup_id\)) workgroup(: vec3u, .*) \{$/m,
      `$1 group$2 {\n  let network = run[group.z].network;\n  let workgroup = vec3u(group.xy, 0u);`,
    );
  const names = own.map(({ name }) => name);
  return { ...kernel, code: ofNetwork(told, names) };
}

/** Lets the text look at the numbers of `network`, which is handed to the functions that do, or call such. */
function ofNetwork(code: string, own: readonly string[]): string {
  const uses = new RegExp(`(?<![.\\w])(?:(?:${own.join('|')})(?=\\[)|run(?=\\.\\w))`, 'g');
  const functions = code.split(/^(?=fn (?!main\()\w+\()|^(?=@compute)/m);
  const told = new Set<string>();
  for (let before = -1; before < told.size; ) {
    before = told.size;
    for (const text of functions) {
      const name = /^fn (\w+)\(/.exec(text)?.[1];
      const calls = [...told].some((other) => new RegExp(`\\b${other}\\(`).test(text));
      if (name && (calls || text.search(uses) >= 0)) told.add(name);
    }
  }
  return [...told].reduce(
    (text, name) =>
      text
        .replace(new RegExp(`\\b${name}\\(`, 'g'), `${name}(network, `)
        .replace(`fn ${name}(network, `, `fn ${name}(network: u32, `),
    code.replace(uses, '$&[network]'),
  );
}
