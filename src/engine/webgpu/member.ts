/** Networks of one graph whose steps are taken together, a gang: what they have lies behind each other, part by part, in the same buffers. */

/** One of them. */
export interface Member {
  readonly network: number;
  readonly networks: number;
}

export const alone: Member = { network: 0, networks: 1 };

/** Where a member has the part of an arena that a network by itself has at this place. */
export function ownPart(
  { offset, bytes }: { readonly offset: number; readonly bytes: number },
  { network, networks }: Member,
): { readonly offset: number; readonly size: number } {
  return { offset: networks * offset + network * bytes, size: bytes };
}
