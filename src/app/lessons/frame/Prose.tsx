/** Paragraphs of the catalogue with their marks: *stress*, **weight**, `$formula$`, [link](address), [[term]] of the glossary. */
import type { ReactNode } from 'react';
import { Formula } from './Formula.tsx';
import { Term } from './Term.tsx';

const marks =
  /\$\$(?<display>[^$]+)\$\$|\$(?<formula>[^$]+)\$|\*\*(?<strong>[^*]+)\*\*|\*(?<stress>[^*]+)\*|\[\[(?<term>[^\]|]+)(?:\|(?<shown>[^\]]+))?\]\]|\[(?<label>[^\]]+)\]\((?<address>[^)]+)\)/g;

export function Prose({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return (
    <div className="prose">
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{marked(paragraph)}</p>
      ))}
    </div>
  );
}

export function marked(paragraph: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(marks)) {
    nodes.push(paragraph.slice(from, match.index), node(match.groups ?? {}, match.index));
    from = match.index + match[0].length;
  }
  nodes.push(paragraph.slice(from));
  return nodes;
}

function node(groups: Readonly<Record<string, string | undefined>>, key: number): ReactNode {
  const { display, formula, strong, stress, term, shown, label, address } = groups;
  if (display) return <Formula key={key} tex={display} isDisplayed />;
  if (formula) return <Formula key={key} tex={formula} />;
  if (strong) return <strong key={key}>{strong}</strong>;
  if (stress) return <em key={key}>{stress}</em>;
  if (term) return <Term key={key} term={term} shown={shown ?? term} />;
  return (
    <a key={key} href={address} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
}
