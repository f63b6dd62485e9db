/**
 * A norm whose statistics its first reader makes by itself, from the moments of the parts: every workgroup of that adds up the same few kilobytes,
 * which takes less time than a dispatch of their own does, and the first workgroup stores the norm for all kernels to come.
 */
import { packsOf } from '../../plan/packs.ts';
import { lanesApart, stridedSum } from './reduce.ts';
import { normText, overAllParts } from './statistics.ts';
import { finishedPart, type UnfinishedNorm } from './values.ts';

/** Declares what `finishNorm` calls. */
export function finishDeclarations(
  name: string,
  { statistics, partSize }: UnfinishedNorm,
  workgroupSize: number,
): string {
  const channels = statistics.shape[2];
  const packs = packsOf(channels);
  const apart = lanesApart(packs);
  const sharing = {
    sums: `${name}Sums`,
    lane: 'lane',
    lanes: workgroupSize / apart,
    over: (_: string, x: string) => `${name}Sum(${x}, local)`,
  };
  const names = { scale: `${name}Scale`, shift: `${name}Shift`, norm: `${name}Norm`, response: `${name}Response` };
  return `var<workgroup> ${name}Finished: array<vec4f, ${2 * packs}>;
${stridedSum(`${name}Sum`, workgroupSize, apart)}
fn ${name}Finish(isFirst: bool, local: u32) {
  let pack = min(local % ${apart}u, ${packs - 1}u);
  let lane = local / ${apart}u;
  ${overAllParts(statistics, partSize, sharing)}
  if (local < ${packs}u) {
    ${normText(channels, names, 'isFirst')}
    ${finishedPart(name, 'slope', channels, 'pack')} = slope;
    ${finishedPart(name, 'intercept', channels, 'pack')} = intercept;
  }
  workgroupBarrier();
}`;
}

/** A statement that makes the norm; all invocations come here, before anything reads it. */
export function finishNorm(name: string): string {
  return `${name}Finish(all(workgroup == vec3u()), local);`;
}
