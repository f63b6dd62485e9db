/**
 * Everything that cannot be done as asked. Rooms report problems as data; `messages/` turns them into a sentence that
 * says what is wrong and what to do, so that every sentence can be translated. The compiler holds who reports a problem,
 * and its sentence in every language, to this table.
 */

type Nothing = Record<never, never>;

/** Where a setting has a value that it cannot have. */
interface SettingValue {
  /** Of the setting, as in links: may name a network (`b.norm`). */
  key: string;
  value: string | number;
  network?: string;
}

/** What a range asks for; `integer` and `above` are 1 where it is one of whole numbers, and without its least. */
interface RangeValues {
  min: number;
  max: number;
  integer: number;
  above: number;
}

/** Lines of a file that are left out: how many, and the number of the first. */
interface ImportedLines {
  file: string;
  count: number;
  line: number;
}

interface Choices {
  /** With a space between them. */
  choices: string;
}

/** An item of a stack: its place from 1, and how a link writes it. */
export interface ItemPlace {
  network: string;
  item: number;
  text: string;
}

interface FamilyRange {
  name: string;
  family: string;
  min: number;
  max: number;
  nearest: string;
}

/** Why there is no such family. */
export type FamilyRule = 'spec.familyDepth' | 'spec.flatDepth' | 'spec.familyInserted' | 'spec.flatBase';

/** What a link says of a sweep: one of its words, or how many there are of them. */
export type SweepPart = 'axis' | 'value' | 'values' | 'kind' | 'kinds' | 'seed' | 'seeds';

/** The code of each problem, and what its sentence mentions. */
export interface Problems {
  // experiments
  'spec.tooFewNetworks': Nothing;
  'spec.tooManyNetworks': { networks: number; limit: number; excess: number };
  'spec.emptyStack': { network: string };
  'spec.tooDeep': { network: string; depth: number; limit: number; excess: number; family: number };
  'spec.tooManyBareLayers': { network: string; layers: number; limit: number; excess: number };
  'spec.tooManyItems': { network: string; items: number; limit: number; excess: number };
  'spec.itemWidth': ItemPlace & { width: number; kind: string; min: number; max: number };
  'spec.itemCount': ItemPlace & { count: number; min: number; max: number };
  'spec.itemStride': ItemPlace & { stride: number };
  'spec.itemKernel': ItemPlace & { kernel: number };
  'spec.narrowingShortcut': ItemPlace & { from: number; to: number };
  'spec.bothPathsCut': { network: string };
  'spec.branchStaysZero': ItemPlace;
  'spec.outOfRange': SettingValue & RangeValues;
  'spec.notAChoice': SettingValue & Choices;
  'spec.notANumber': SettingValue;
  'spec.batchLargerThanTrain': { batch: number; train: number };
  /** In bytes; with the batch that fits, and the depth that does with the batch as it is, where there is one. */
  'spec.memoryBatch': { needed: number; budget: number; batch: number; depth?: number };
  'spec.memory': { needed: number; budget: number };
  'spec.familyDepth': FamilyRange;
  'spec.flatDepth': FamilyRange;
  'spec.familyInserted': FamilyRange;
  'spec.flatBase': FamilyRange;
  'spec.familyWidth': { width: number; min: number; max: number };
  'spec.badItem': { item: string };
  'spec.itemNeedsWidth': { item: string; example: string };
  'spec.itemTakesNoWidth': { item: string; kind: string; example: string };
  'spec.itemTakesNoStride': { item: string; kind: string; example: string };

  // links
  'link.tooLong': { length: number; limit: number };
  'link.version': { version: string };
  'link.malformed': { part: string };
  'link.unknownKey': { key: string };
  'link.unknownView': { view: string };
  'link.duplicate': { key: string };
  'link.notAChoice': SettingValue & Choices & { used: string };
  'link.notANumber': SettingValue & { used: string };
  'link.networkIgnored': { network: string; token: string };
  'link.networkMoved': { from: string; to: string };
  'link.noSuchNetwork': { key: string; network: string };
  'link.noSweep': { key: string };
  'link.widthOfCustom': { key: string };
  'link.data': { value: string };
  /** Whether the networks shown are the `page`'s own, or the `link`'s, but not all of them. */
  'link.damaged': { shown: 'page' | 'link' };
  'link.more': { count: number };
  'lesson.unknown': { lesson: string; count: number };
  'lesson.unknownPart': { part: string };
  /** A word of the address' query, and what is used instead: the nearest; or the usual, nothing where the page chooses by itself. */
  'app.nearestChoice': { key: string; value: string; choices: string; used: string };
  'app.noSuchChoice': { key: string; value: string; choices: string; used: string };
  'app.badOrigin': { value: string };

  // what a link asks for, brought within the limits
  'changed.number': SettingValue & RangeValues & { used: string };
  'changed.choice': SettingValue & Choices & { used: string };
  'changed.words': { network: string; text: string; used: string };
  'changed.family': FamilyRange & { network: string; rule: FamilyRule };
  'changed.item': ItemPlace & { used: string; kind: string; min: number; max: number };
  'changed.kernel': ItemPlace & { used: string };
  'changed.items': { network: string; items: number; limit: number };
  'changed.layers': { network: string; depth: number; used: number; limit: number };
  'changed.bareLayers': { network: string; layers: number; used: number; limit: number };
  'changed.shortcut': ItemPlace & { from: number; to: number };
  'changed.path': { network: string };
  'changed.factors': { network: string };
  'changed.batch': { batch: number; train: number };
  /** Of a sweep, whose axis is the key; nothing is used in place of what is left out, or of a part that is empty. */
  'changed.sweep': { part: SweepPart; key: string; asked: string; used: string; reason: string };

  // edits
  'edit.noSuchNetwork': { network: string };
  'edit.noSuchItem': { item: number; network: string };
  'edit.depthOfCustom': { network: string };
  'edit.widthOfCustom': { network: string };
  'edit.noTwin': { network: string };
  'edit.resetsSetting': { key: string };
  'edit.resetsNetworks': Nothing;

  // sweeps
  'sweep.noValues': { key: string };
  'sweep.noKinds': Nothing;
  'sweep.noSeeds': Nothing;
  'sweep.duplicateValue': { key: string; value: string | number };
  'sweep.duplicateKind': { kind: string };
  'sweep.duplicateSeed': { seed: string };
  'sweep.tooManyValues': { values: number; limit: number };
  'sweep.tooManyCells': { cells: number; limit: number; excess: number };
  'sweep.customStack': { key: string };
  'sweep.noTwin': { kind: string };
  'sweep.unknownAxis': { axis: string; axes: string };
  'sweep.unknownKind': { kind: string };
  'sweep.gaveWay': { from: string; to: string };

  // weights that come from elsewhere
  'weights.format': Nothing;
  'weights.tensor': { name: string };
  'weights.type': { name: string; dtype: string };
  'weights.missing': { name: string; shape: string };
  'weights.shape': { name: string; found: string; shape: string };
  'weights.unknown': { name: string };
  'weights.notFinite': { name: string };

  // cells that come from elsewhere
  'imported.empty': { file: string };
  'imported.tooLarge': { file: string; bytes: number; limit: number };
  'imported.damaged': ImportedLines;
  'imported.otherVersion': ImportedLines;
  'imported.otherData': ImportedLines;
  'imported.otherRun': ImportedLines;

  // finished runs and choices that the browser keeps
  'kept.memory': Nothing;
  'kept.choices': Nothing;
  'kept.unopened': { reason: string };
  'kept.silent': Nothing;
  'kept.damaged': { count: number };
  'kept.full': Nothing;
  'kept.failed': { reason: string };
  'kept.unread': { reason: string };
  'kept.undeleted': { reason: string };

  // images
  'data.gzip': { file: string };
  'data.manifestJson': { file: string };
  'data.manifestField': { file: string; field: string };
  'data.http': { file: string; status: number };
  'data.unreachable': { file: string };
  'data.stalled': { file: string; seconds: number };
  'data.length': { file: string; expected: number; found: number };
  'data.checksum': { file: string };
  'data.content': { file: string; images: number };
  /** A data set that somebody else has brought. */
  'data.missing': { title: string; train: number; test: number; side: number; classes: number };
  'data.tooFewImages': { split: string; asked: number; count: number };

  // engines and the training worker
  'engine.failedToStart': { engine: string; reason: string };
  'engine.silentGpu': Nothing;
  'engine.slow': Nothing;
  'engine.refused': { engine: string; reason: string };
  'engine.refusedExamination': { reason: string };
  /** `step` is that of the copy from which training goes on; so many steps are `lost`. */
  'engine.lost': { reason: string; step: number; lost: number };
  'engine.lostBuilding': { reason: string };
  'engine.resumed': { step: number; lost: number };
  'engine.none': { reason: string };
  'worker.unexpected': { reason: string };
  'worker.notStarted': { reason: string };
  'worker.crashed': { reason: string };
  'store.engineResets': Nothing;
  // runs that outlive the page
  'run.goesOn': { step: number };
  'run.otherEngine': { step: number };
  'run.otherVersion': { step: number };
  'run.otherTab': Nothing;
  'run.full': Nothing;
  'run.failed': { reason: string };
  'graft.notInserted': Nothing;
}

export type ProblemCode = keyof Problems;

/** A problem of one code, or of any. */
export type Problem<C extends ProblemCode = ProblemCode> = {
  readonly [Code in C]: { readonly code: Code; readonly values: Readonly<Problems[Code]> };
}[C];

/** The values may be left out where there are none. */
export function problem<C extends ProblemCode>(
  code: C,
  ...[values]: Nothing extends Problems[C] ? [] : [values: Readonly<Problems[C]>]
): Problem<C> {
  return { code, values: values ?? {} } as Problem<C>;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.values)}`);
    this.name = 'ProblemError';
  }
}

/** What an error says, or whatever else was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an error says, as part of a sentence. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\.$/, '');
}

/** Text from a link for a sentence: long enough to recognise, too short to flood the page. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
