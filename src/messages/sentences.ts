/** What the sentences of a language are: one for each problem, and checked to mention only what the problem knows. */
import type { ProblemCode, Problems } from '../experiment/problem.ts';

/** A sentence with `{name}` where a value goes, or a function where plurals or units need one. */
type Sentence<C extends ProblemCode> = string | ((values: Readonly<Problems[C]>) => string);

export type Sentences = { readonly [C in ProblemCode]: Sentence<C> };

/** The names in braces of a template. */
type Holes<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;

/** The sentence itself where its problem has a value for every hole; otherwise a type that names the holes without. */
type Filled<C, S> = C extends ProblemCode
  ? [Exclude<Holes<S>, keyof Problems[C]>] extends [never]
    ? S
    : { readonly unknownValue: Exclude<Holes<S>, keyof Problems[C]> }
  : never;

/** Some of the sentences of a language: the compiler refuses codes that there are not, and holes that no value fills. */
export function sentences<const S extends Partial<Sentences>>(
  own: S & { readonly [C in keyof S]: Filled<C, S[C]> },
): S {
  return own;
}
