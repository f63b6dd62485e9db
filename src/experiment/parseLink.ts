/**
 * Reads a link into an experiment that can be run, whatever the link says: what is wrong is left out and reported, and a
 * link that asks for more than the limits allow gives the default experiment.
 */
import { checkExperiment } from './check.ts';
import { type Experiment, type NetworkId, networkIds } from './experiment.ts';
import { LINK_VERSION } from './link.ts';
import { readPairs, sweepKeys } from './linkPairs.ts';
import { type NetworkText, parseNetwork } from './networkText.ts';
import { DEFAULT_WIDTH, defaultExperiment, presets } from './presets.ts';
import { type Problem, problem } from './problem.ts';
import {
  familyWidthSetting,
  networkSettings,
  readSetting,
  type Setting,
  type SettingValue,
  shorten,
  trainingSettings,
} from './settings.ts';

export interface ParsedLink {
  /** Always within the limits. */
  readonly experiment: Experiment;
  /** What was ignored, and why; none for a link that `formatLink` wrote. */
  readonly problems: readonly Problem[];
}

/** More notices than this tell nobody anything; the rest are counted. */
const MOST_PROBLEMS = 8;

/** The experiment of a hash, with or without its `#`. Never throws. */
export function parseLink(hash: string): ParsedLink {
  const body = hash.startsWith('#') ? hash.slice(1) : hash;
  const { pairs, problems } = readPairs(body);
  const version = pairs.get('v') ?? LINK_VERSION;
  if (version !== LINK_VERSION) return fallBack([problem('link.version', { version: shorten(version) })]);
  const reader = new LinkReader(pairs, problems);
  const experiment = reader.experiment();
  const breaches = checkExperiment(experiment);
  if (breaches.length > 0) return fallBack([problem('link.default'), ...breaches, ...reader.problems]);
  return { experiment, problems: fewest(reader.problems) };
}

function fallBack(problems: readonly Problem[]): ParsedLink {
  return { experiment: defaultExperiment, problems: fewest(problems) };
}

/** As many problems as are worth reading, and the number of the others. */
export function fewest(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const shown = problems.slice(0, MOST_PROBLEMS - 1);
  return [...shown, problem('link.more', { count: problems.length - shown.length })];
}

/** A network with the id it has in the link, which may move up where an earlier one is missing. */
interface LinkedNetwork extends NetworkText {
  readonly id: NetworkId;
}

/** Stands in where a link names no network that can be read. */
const defaultNetworks: ReadonlyMap<string, string> = new Map([
  ['a', 't7-plain-38'],
  ['b', 't7-residual-38'],
]);

class LinkReader {
  readonly problems: Problem[];
  private readonly values = new Map<string, SettingValue | undefined>();

  constructor(
    private readonly pairs: ReadonlyMap<string, string>,
    problems: readonly Problem[],
  ) {
    this.problems = [...problems];
  }

  experiment(): Experiment {
    const linked = this.networks(this.pairs);
    const networks = linked.length > 0 ? linked : this.networks(defaultNetworks);
    this.reportMoves(linked);
    this.reportUnused(networks);
    const preset = presets[networks[0]?.preset ?? 't7'];
    const common = this.settings(preset.network, networkSettings, '');
    return {
      networks: networks.map(({ id, stack }) => ({ stack, ...this.settings(common, networkSettings, `${id}.`) })),
      training: this.settings(preset.training, trainingSettings, ''),
    };
  }

  private networks(texts: ReadonlyMap<string, string>): LinkedNetwork[] {
    const commonWidth = this.value('width', familyWidthSetting) ?? DEFAULT_WIDTH;
    return networkIds.flatMap((id) => {
      const text = texts.get(id);
      if (text === undefined) return [];
      const width = this.value(`${id}.width`, familyWidthSetting) ?? commonWidth;
      const network = parseNetwork(text, Number(width));
      if (network.ok) return [{ id, ...network.value }];
      this.problems.push(problem('link.networkIgnored', { network: id, token: shorten(text) }), network.problem);
      return [];
    });
  }

  private reportMoves(linked: readonly LinkedNetwork[]): void {
    linked.forEach(({ id }, index) => {
      const to = networkIds[index];
      if (to !== undefined && to !== id) this.problems.push(problem('link.networkMoved', { from: id, to }));
    });
  }

  /** Settings of networks or a sweep that are not there, and widths of stacks that state their own. */
  private reportUnused(networks: readonly LinkedNetwork[]): void {
    if (this.pairs.has('width') && !networks.some(({ isFamily }) => isFamily)) {
      this.problems.push(problem('link.widthOfCustom', { key: 'width' }));
    }
    if (!this.pairs.has('sweep')) {
      for (const key of sweepKeys) if (this.pairs.has(key)) this.problems.push(problem('link.noSweep', { key }));
    }
    for (const key of this.pairs.keys()) {
      const [id, name] = key.split('.');
      if (name === undefined || id === undefined) continue;
      const network = networks.find((candidate) => candidate.id === id);
      if (!network) this.problems.push(problem('link.noSuchNetwork', { key, network: id }));
      else if (name === 'width' && !network.isFamily) this.problems.push(problem('link.widthOfCustom', { key }));
    }
  }

  /** The settings of a table, from the link where it has them and otherwise from `defaults`. */
  private settings<S extends object>(defaults: S, table: Readonly<Record<keyof S, Setting>>, prefix: string): S {
    const stated = Object.entries<Setting>(table).flatMap(([key, setting]) => {
      const value = this.value(`${prefix}${key}`, setting);
      return value === undefined ? [] : [[key, value] as const];
    });
    return { ...defaults, ...Object.fromEntries(stated) };
  }

  /** Each key is read once, so that a bad value is reported once. */
  private value(key: string, setting: Setting): SettingValue | undefined {
    const text = this.pairs.get(key);
    if (text === undefined || this.values.has(key)) return this.values.get(key);
    const result = readSetting(setting, key, text);
    const value = result.ok ? result.value : undefined;
    if (!result.ok) this.problems.push(result.problem);
    this.values.set(key, value);
    return value;
  }
}
