/**
 * Reads a link into an experiment that can be run, whatever the link says: what is impossible becomes the nearest that is possible, what cannot be
 * read is left out, and both are reported.
 */
import { type DataRef, parseData } from './dataRef.ts';
import { type Experiment, type NetworkId, networkIds } from './experiment.ts';
import { LINK_VERSION } from './link.ts';
import { readPairs, sweepKeys } from './linkPairs.ts';
import { nearestExperiment } from './nearest.ts';
import { type NetworkText, parseNetwork, respelled } from './networkText.ts';
import { defaultExperiment, presets } from './presets.ts';
import { type FamilyRule, type Problem, problem, shorten } from './problem.ts';
import {
  familyWidthSetting,
  fedWith,
  networkSettings,
  type Setting,
  type SettingValue,
  type TrainingSettingKey,
  trainingSetting,
  trainingSettingKeys,
} from './settings.ts';
import { readLinkedSetting } from './settingText.ts';

export interface ParsedLink {
  /** Always within the limits. */
  readonly experiment: Experiment;
  /** What was lost, changed or ignored, in this order, and why; none for a link that `formatLink` wrote. */
  readonly problems: readonly Problem[];
}

/** More notices than this tell nobody anything; the rest are counted. */
const MOST_PROBLEMS = 8;

/** The experiment of a hash, with or without its `#`. Never throws. */
export function parseLink(hash: string): ParsedLink {
  const { pairs, problems } = readPairs(hash);
  const version = pairs.get('v') ?? LINK_VERSION;
  if (version !== LINK_VERSION) {
    return { experiment: defaultExperiment, problems: [problem('link.version', { version: shorten(version) })] };
  }
  const reader = new LinkReader(pairs, problems);
  const { experiment, problems: changes } = nearestExperiment(reader.experiment());
  return { experiment, problems: fewest([...reader.problems, ...changes].toSorted((a, b) => rank(a) - rank(b))) };
}

/** A reader is told first what the link has lost, then what was changed, then what was ignored. */
function rank({ code }: Problem): number {
  if (code.startsWith('changed.')) return 1;
  return /^(?:spec\.|link\.(?:damaged|tooLong|network))/.test(code) ? 0 : 2;
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

function isOfFamily(complaint: Problem): complaint is Problem<FamilyRule> {
  return 'nearest' in complaint.values;
}

/** Each setting as a data set has it. */
function settingsWith(data: DataRef | null): Readonly<Record<TrainingSettingKey, Setting>> {
  const entries = trainingSettingKeys.map((key) => [key, trainingSetting(key, data ?? undefined)]);
  return Object.fromEntries(entries);
}

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
    this.reportDamage(linked);
    this.reportMoves(linked);
    this.reportUnused(networks);
    const preset = presets[networks[0]?.preset ?? 't7'];
    const data = this.data();
    const common = this.settings(preset.network, networkSettings, '');
    return {
      networks: networks.map(({ id, stack }) => ({ stack, ...this.settings(common, networkSettings, `${id}.`) })),
      training: {
        ...this.settings(data ? fedWith(preset.training, data) : preset.training, settingsWith(data), ''),
        ...(data && { data }),
      },
    };
  }

  private data(): DataRef | null {
    const text = this.pairs.get('data');
    if (text === undefined) return null;
    const data = parseData(text);
    if (!data) this.problems.push(problem('link.data', { value: shorten(text) }));
    return data;
  }

  private networks(texts: ReadonlyMap<string, string>): LinkedNetwork[] {
    const commonWidth = this.value('width', familyWidthSetting, familyWidthSetting.usual) ?? familyWidthSetting.usual;
    return networkIds.flatMap((id) => {
      const text = texts.get(id);
      if (text === undefined) return [];
      const width = this.value(`${id}.width`, familyWidthSetting, commonWidth) ?? commonWidth;
      const network = parseNetwork(text, Number(width));
      if (network.ok) return [{ id, ...network.value }];
      const { problem: complaint } = network;
      if (isOfFamily(complaint)) {
        const { values, code: rule } = complaint;
        this.problems.push(problem('changed.family', { ...values, network: id, rule }));
        return this.networks(new Map([[id, values.nearest]]));
      }
      const used = respelled(text);
      const meant = parseNetwork(used, Number(width));
      if (used !== text && (meant.ok || isOfFamily(meant.problem))) {
        this.problems.push(problem('changed.words', { network: id, text: shorten(text), used: shorten(used) }));
        return this.networks(new Map([[id, used]]));
      }
      this.problems.push(problem('link.networkIgnored', { network: id, token: shorten(text) }), complaint);
      return [];
    });
  }

  /** Says first that the link is not whole, where it has lost a network or all of them: the page writes none without. */
  private reportDamage(linked: readonly LinkedNetwork[]): void {
    const isLost = this.problems.some(({ code }) => code === 'link.networkIgnored' || code === 'link.malformed');
    const isCut = linked.length === 0 && this.pairs.has('v');
    if (isLost || isCut) this.problems.unshift(problem('link.damaged', { shown: linked.length > 0 ? 'link' : 'page' }));
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
  private settings<S extends object>(
    defaults: S,
    table: Readonly<Partial<Record<keyof S, Setting>>>,
    prefix: string,
  ): S {
    const usual = defaults as Readonly<Record<string, SettingValue>>;
    const stated = Object.entries(table as Record<string, Setting>).flatMap(([key, setting]) => {
      const value = this.value(`${prefix}${key}`, setting, usual[key] ?? '');
      return value === undefined ? [] : [[key, value] as const];
    });
    return { ...defaults, ...Object.fromEntries(stated) };
  }

  /** Each key is read once, so that a bad value is reported once. */
  private value(key: string, setting: Setting, usual: SettingValue): SettingValue | undefined {
    const text = this.pairs.get(key);
    if (text === undefined || this.values.has(key)) return this.values.get(key);
    const { value, problem: complaint } = readLinkedSetting(setting, key, text, usual);
    if (complaint) this.problems.push(complaint);
    this.values.set(key, value);
    return value;
  }
}
