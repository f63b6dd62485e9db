/** Paragraphs of the catalogue with their marks: *stress*, **weight**, `code`, $formula$, [link](address), [[term]] of the glossary, {quantity|words} or {quantity@step|words} to show. */
import type { ReactNode } from 'react';
import { quantities } from '../../records/records.ts';
import { Formula } from './Formula.tsx';
import { ShowButton } from './Show.tsx';
import { Term } from './Term.tsx';

const marks =
  /`(?<code>[^`]+)`|\$\$(?<display>[^$]+)\$\$|\$(?<formula>[^$]+)\$|\*\*(?<strong>[^*]+)\*\*|\*(?<stress>[^*]+)\*|\[\[(?<term>[^\]|]+)(?:\|(?<shown>[^\]]+))?\]\]|\[(?<label>[^\]]+)\]\((?<address>[^)]+)\)|\{(?<quantity>\w+)(?:@(?<step>\d+))?\|(?<words>[^}]+)\}/g;

export function Prose({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return (
    <div className="column prose">
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          <Marked paragraph={paragraph} />
        </p>
      ))}
    </div>
  );
}

/** One paragraph, without an element of its own. */
export function Marked({ paragraph }: { readonly paragraph: string }): ReactNode {
  return marked(paragraph);
}

function marked(paragraph: string): ReactNode[] {
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
  const { code, display, formula, strong, stress, term, shown, label, address, quantity, step, words } = groups;
  if (code) return <code key={key}>{code}</code>;
  if (display) return <Formula key={key} tex={display} isDisplayed />;
  if (formula) return <Formula key={key} tex={formula} />;
  if (strong) return <strong key={key}>{strong}</strong>;
  if (stress) return <em key={key}>{stress}</em>;
  if (term) return <Term key={key} term={term} shown={shown ?? term} />;
  const named = quantities.find((each) => each === quantity);
  if (named) {
    return (
      <ShowButton key={key} quantity={named} {...(step && { step: Number(step) })}>
        {words}
      </ShowButton>
    );
  }
  // A page of this site opens in place, a source beside it.
  const isSource = address?.startsWith('https:');
  return (
    <a key={key} href={address} {...(isSource && { target: '_blank', rel: 'noreferrer' })}>
      {label}
    </a>
  );
}
