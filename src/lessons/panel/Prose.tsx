/** Paragraphs of the catalogue with their marks: *stress*, **weight**, `code`, $formula$, [link](address), [[term]] of the glossary, {quantity|words} or {quantity@step|words} to show. */
import { createContext, type ReactNode, use, useId, useState } from 'react';
import { lessonText } from '../../messages/lessonText.ts';
import { type Quantity, quantities } from '../../records/records.ts';
import { Formula } from '../../ui/Formula.tsx';

const marks =
  /`(?<code>[^`]+)`|\$\$(?<display>[^$]+)\$\$|\$(?<formula>[^$]+)\$|\*\*(?<strong>[^*]+)\*\*|\*(?<stress>[^*]+)\*|\[\[(?<term>[^\]|]+)(?:\|(?<shown>[^\]]+))?\]\]|\[(?<label>[^\]]+)\]\((?<address>[^)]+)\)|\{(?<quantity>\w+)(?:@(?<step>\d+))?\|(?<words>[^}]+)\}/g;

export function Prose({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return (
    <div className="column linked prose">
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

interface TermProps {
  /** Its entry in the glossary. */
  readonly term: string;
  /** The form that stands in the sentence. */
  readonly shown: string;
}

/**
 * A term whose explanation shows while the term is hovered or has the focus. Escape hides it. Text that scrolls
 * under a resting pointer does not count as hovered.
 */
function Term({ term, shown }: TermProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  return (
    <span
      className="term-place"
      onPointerMove={(event) => (event.movementX !== 0 || event.movementY !== 0) && open()}
      onPointerLeave={close}
    >
      <button
        type="button"
        className="term text-button"
        aria-describedby={id}
        onFocus={open}
        onBlur={close}
        onClick={open}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        {shown}
      </button>
      <span role="tooltip" id={id} className="term-meaning small" hidden={!isOpen}>
        {lessonText.glossary[term]}
      </span>
    </span>
  );
}

/** Shows a quantity; and where a step is given, the step, or the newest where the run has not got that far. */
export type Show = (quantity: Quantity, step?: number) => void;

/** Null where there is no lab beside the words. */
export const ShowContext = createContext<Show | null>(null);

interface ShowButtonProps {
  readonly quantity: Quantity;
  readonly step?: number;
  readonly children: ReactNode;
}

/** Words that show the quantity that they name. */
function ShowButton({ quantity, step, children }: ShowButtonProps) {
  const show = use(ShowContext);
  if (!show) return <em>{children}</em>;
  return (
    <button type="button" className="show text-button" onClick={() => show(quantity, step)}>
      {children}
    </button>
  );
}
