/** What a reader expects of a run before it is made: which of the networks will make the fewest mistakes. */
import { type Experiment, type NetworkId, networkIds } from '../experiment/experiment.ts';
import { text } from '../messages/messages.ts';
import type { Finding } from '../records/finding.ts';

/** A network, or that none will do clearly better. */
export type Bet = NetworkId | 'alike';

/** What can be betted on, in words; nothing where there is only one network. */
export function betOptions({
  networks,
  training,
}: Experiment): readonly { readonly key: Bet; readonly label: string }[] {
  if (networks.length < 2) return [];
  const names = text.names.networks(networks, training.size);
  return [
    ...networkIds.slice(0, networks.length).map((key, index) => ({ key, label: names[index] ?? '' })),
    { key: 'alike', label: text.home.bet.options.close },
  ];
}

export function betLabel(experiment: Experiment, bet: Bet): string {
  return betOptions(experiment).find(({ key }) => key === bet)?.label ?? '';
}

/** Whether a bet has come true; null where the run does not say. */
export function isBetRight(bet: Bet, { comparison }: Finding): boolean | null {
  if (comparison.kind === 'none') return null;
  return bet === (comparison.kind === 'alike' ? 'alike' : comparison.best);
}
