/** The words of a button; where it would not fit beside the others, the first of them stand for all. */
export function Words({ of: [first, rest] }: { readonly of: readonly string[] }) {
  return (
    <span>
      {first}
      <span className="home-rest">{rest}</span>
    </span>
  );
}
