import { useState } from 'react';
import { text } from '../messages/messages.ts';
import type { Finding } from '../records/finding.ts';
import { Segmented } from '../ui/Segmented.tsx';
import type { Depth } from './pair.ts';

const words = text.home.bet;
const options = (['plain', 'residual', 'close'] as const).map((key) => ({ key, label: words.options[key] }));
type Choice = (typeof options)[number]['key'];

/** Which of the two has turned out to make fewer mistakes; null where the run does not say. */
function outcomeOf({ comparison, networks }: Finding): Choice | null {
  if (comparison.kind === 'none') return null;
  if (comparison.kind === 'alike') return 'close';
  return networks.find(({ id }) => id === comparison.best)?.hasShortcuts ? 'residual' : 'plain';
}

interface BetProps {
  readonly depth: Depth;
  /** Training has begun: no bets any more. */
  readonly isBegun: boolean;
  /** Of a run that is over. */
  readonly finding: Finding | null;
}

/** A bet before the run, one for each depth, which nobody has to make; and what became of it. */
export function Bet({ depth, isBegun, finding }: BetProps) {
  const [bets, setBets] = useState<Readonly<Partial<Record<Depth, Choice>>>>({});
  const bet = bets[depth];
  const outcome = finding && outcomeOf(finding);
  const said = outcome === null ? words.open : outcome === bet ? words.right : words.wrong;
  return (
    <div className="home-bet">
      {/* What became of the bet stands in its place. On a narrow page it keeps that without one: what is below does not move. */}
      <div className={isBegun ? 'unseen' : ''}>
        <Segmented
          label={words.question}
          options={options}
          value={bet ?? null}
          onChange={(chosen) => setBets({ ...bets, [depth]: chosen })}
        />
      </div>
      {isBegun && bet && <p>{said(words.options[bet])}</p>}
    </div>
  );
}
