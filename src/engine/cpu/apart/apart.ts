/**
 * Networks apart: side by side each is trained by threads of its own, in a worker of its own, where that is quicker than all threads for one network
 * after the other. A trainer is the same wherever it is, to the last bit, so it can move: where a network has stopped, the others get its threads.
 */
import type { TrainingImages } from '../../../data/images.ts';
import { reasonOf } from '../../../experiment/problem.ts';
import { costOf } from '../../../network/cost.ts';
import {
  type Engine,
  EngineRefusal,
  type Preparation,
  type SideBySide,
  type SideNetwork,
  type Trainer,
  type TrainerMethod,
  type UpdateRule,
} from '../../engine.ts';
import type { CpuEngine } from '../engine.ts';
import type { Helper } from '../threads/team.ts';
import { type Arrangement, mostEqual, quickest } from './arrangement.ts';
import { Place } from './place.ts';

/** Steps of a network that are on their way to its threads: results travel while the next are computed. */
const LOOKAHEAD = 16;

/** Places, some of which wait for networks to come. */
class Places {
  private readonly all = new Set<Place>();

  constructor(private readonly open: () => Helper) {}

  /** As many as an arrangement has, with room for its networks. */
  take({ threads, places }: Arrangement): Place[] {
    const found = new Map<number, Place>();
    return places.map((number) => {
      const place = found.get(number) ?? this.free(threads);
      found.set(number, place);
      place.networks++;
      return place;
    });
  }

  private free(threads: number): Place {
    const known = [...this.all].find((place) => place.networks === 0 && place.threads === threads && place.isAlive);
    const place = known ?? new Place(this.open(), threads);
    this.all.add(place);
    return place;
  }

  /** Lets those go that train nothing. */
  clear(): void {
    for (const place of this.all) if (place.networks === 0) this.end(place);
  }

  dispose(): void {
    for (const place of this.all) this.end(place);
  }

  private end(place: Place): void {
    this.all.delete(place);
    place.die(new Error('its engine is gone'));
  }
}

interface Home {
  readonly place: Place;
  /** Its number there. */
  readonly trainer: number;
}

/** A network, wherever it is trained. */
class Member {
  readonly cost: number;
  /** Of its first trainer. */
  memory: Trainer['memory'];
  private home: Promise<Home>;

  constructor(
    private readonly network: SideNetwork,
    private readonly rule: UpdateRule,
    private readonly images: TrainingImages,
    place: Place,
    preparation?: Preparation,
  ) {
    this.cost = costOf(network.graph).trainingFlops;
    this.home = this.madeAt(place, network.initial, preparation);
    this.home.catch(() => undefined);
  }

  async whenMade(): Promise<void> {
    await this.home;
  }

  async ask<M extends TrainerMethod>(
    method: M,
    ...args: Parameters<Trainer[M]>
  ): Promise<Awaited<ReturnType<Trainer[M]>>> {
    const { place, trainer } = await this.home;
    return (await place.ask({ of: trainer, method, args })) as Awaited<ReturnType<Trainer[M]>>;
  }

  /** Goes on elsewhere, behind what it has been asked for. */
  move(to: Place): void {
    const [before, copied] = [this.home, this.ask('snapshot')];
    this.home = (async () => {
      const [here, copy] = [await before, await copied];
      // Where no more threads are to be had, it stays.
      const isThere = await to.started.then(
        () => true,
        () => false,
      );
      if (!isThere) return here;
      await this.leave(here);
      const home = await this.madeAt(to, copy.parameters);
      await to.ask({ of: home.trainer, method: 'restore', args: [copy] });
      return home;
    })();
    this.home.catch(() => undefined);
  }

  async dispose(): Promise<void> {
    await this.leave(await this.home);
  }

  private async leave({ place, trainer }: Home): Promise<void> {
    // Whoever comes next is behind it.
    place.networks--;
    await place.ask({ of: trainer, method: 'dispose', args: [] });
  }

  private async madeAt(place: Place, initial: SideNetwork['initial'], preparation?: Preparation): Promise<Home> {
    const { graph, seed } = this.network;
    try {
      const made = await place.make(graph, initial, { ...this.rule, seed }, this.images, preparation);
      this.memory ??= made.memory;
      return { place, trainer: made.trainer };
    } catch (error) {
      place.networks--;
      throw error;
    }
  }
}

/** Networks that were arranged together. */
class Group {
  private active: readonly Member[];

  constructor(
    private readonly places: Places,
    private readonly threads: number,
    private now: Arrangement,
    readonly members: readonly Member[],
  ) {
    this.active = members;
  }

  trainerOf(member: Member): Trainer {
    const asking =
      <M extends TrainerMethod>(method: M) =>
      (...args: Parameters<Trainer[M]>) =>
        member.ask(method, ...args);
    const step = asking('step');
    return {
      memory: member.memory,
      step: async (images, learningRate) => {
        const result = await step(images, learningRate);
        if (result.overflow !== null) this.stop(member);
        return result;
      },
      gradients: asking('gradients'),
      evaluate: asking('evaluate'),
      activations: asking('activations'),
      signals: asking('signals'),
      statistics: asking('statistics'),
      logits: asking('logits'),
      snapshot: asking('snapshot'),
      restore: (snapshot) => void member.ask('restore', snapshot).catch(() => undefined),
      dispose: () => void member.dispose().catch(() => undefined),
    };
  }

  /** The others go on with the threads of one that stands still, where that is quicker. */
  private stop(member: Member): void {
    const left = this.active.flatMap((each, i) => (each === member ? [] : [{ each, place: this.now.places[i] ?? 0 }]));
    if (left.length === 0 || left.length === this.active.length) return;
    this.active = left.map(({ each }) => each);
    const now = { threads: this.now.threads, places: left.map(({ place }) => place) };
    this.now = quickest(
      this.active.map(({ cost }) => cost),
      this.threads,
      now,
    );
    if (this.now === now) return;
    const places = this.places.take(this.now);
    this.active.forEach((each, i) => {
      each.move(places[i] as Place);
    });
  }
}

/** Whether other threads see images without a copy, and those that arrive later. */
function areShared({ train, test }: TrainingImages): boolean {
  return [train, test].every(({ pixels, labels }) =>
    [pixels, labels].every(({ buffer }) => buffer instanceof SharedArrayBuffer),
  );
}

/** Told of each network how many of how many parts are ready, tells it of all. */
function inAll({ onProgress, ...preparation }: Preparation, networks: number): Preparation[] {
  const shares = new Array<number>(networks).fill(0);
  return shares.map((_, network) => ({
    ...preparation,
    onProgress: (done, total) => {
      shares[network] = done / total;
      onProgress?.(
        shares.reduce((sum, share) => sum + share),
        networks,
      );
    },
  }));
}

/**
 * An engine that trains networks side by side apart.
 * @param engine on all threads
 * @param open starts the worker of a place
 */
export function withPlaces(engine: CpuEngine, open: () => Helper): Engine {
  const { threads } = engine;
  const places = new Places(open);
  const sideBySide: SideBySide = {
    lookahead: LOOKAHEAD,
    most: mostEqual(threads),
    memoryNeed: engine.memoryNeed,
    memoryAtMost: engine.memoryAtMost,
    createTrainers: async (networks, rule, images, preparation) => {
      const costs = networks.map(({ graph }) => costOf(graph).trainingFlops);
      const arranged = quickest(costs, threads);
      if (arranged.threads === threads || !areShared(images)) return null;
      engine.forget();
      const prepared = preparation && inAll(preparation, networks.length);
      let members: readonly Member[] = [];
      try {
        const at = places.take(arranged);
        members = networks.map((network, i) => new Member(network, rule, images, at[i] as Place, prepared?.[i]));
        await Promise.all(members.map((member) => member.whenMade()));
      } catch (error) {
        for (const member of members) void member.dispose().catch(() => undefined);
        throw new EngineRefusal(reasonOf(error));
      }
      const group = new Group(places, threads, arranged, members);
      return members.map((member) => group.trainerOf(member));
    },
  };
  return {
    ...engine,
    sideBySide,
    createTrainer: (...how) => {
      // Whoever trains by turns takes all threads, and the memory.
      if (how[4]) places.clear();
      return engine.createTrainer(...how);
    },
    dispose: () => {
      places.dispose();
      engine.dispose();
    },
  };
}
