import { useEffect, useRef } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import { useCommands, useLab, useLabState } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import type { LabState } from '../../session/store/state.ts';
import type { Part, Size } from '../lesson.ts';
import { progress, useProgress } from '../progress.ts';
import { at, experimentAt, type Place } from '../story/all.ts';
import { graftsOnto } from '../story/grafts.ts';

/** The engine that is fast enough for the large experiments. */
const FAST_ENGINE = 'webgpu';

/**
 * Loads the experiment of a part when the learner gets there, unless it is on the page already. Which size it has may only turn
 * out when the engine has started: then it is loaded again, if nothing has been trained.
 */
export function usePartExperiment({ lesson, part }: Place): void {
  const { open } = useCommands();
  const stateNow = useLabState();
  const size: Size = useLab(({ engine }) => (engine?.engine === FAST_ENGINE ? 'large' : 'small'));
  const changes = useProgress((state) => state.changes);
  const isPinned = useProgress((state) => state.isPinned);
  const loaded = useRef('');
  useEffect(() => {
    const wanted = JSON.stringify([lesson, part, changes]);
    const state = stateNow();
    if (loaded.current === wanted && newestStep(state) > 0) return;
    loaded.current = wanted;
    const own = experimentAt({ lesson, part }, size, changes);
    const isReduced = formatLink(own) !== formatLink(experimentAt({ lesson, part }, 'large', changes));
    progress.setState({ own, isReduced });
    const isThere = isOnPage(state, own, at({ lesson, part }).part);
    if (!isPinned && !isThere) open(own);
  }, [lesson, part, size, changes, isPinned, open, stateNow]);
}

/** Whether the page has a part's experiment already; the grafts onto the base that it has trained belong to it. */
function isOnPage({ experiment, base }: Pick<LabState, 'experiment' | 'base'>, own: Experiment, part: Part): boolean {
  if (base === null) return formatLink(experiment) === formatLink(own);
  return part.extra === 'graft' && formatLink(experiment) === formatLink(graftsOnto(own));
}
