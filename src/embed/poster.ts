/**
 * What an embed shows before anybody has run it: the layers of its networks, drawn without React, and a button. Of the application
 * nothing is downloaded until then.
 */
import { type Experiment, networkIds } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/problem.ts';
import { bareLayersOf, depthOf, isResidual } from '../experiment/stack.ts';
import { sentence, text } from '../messages/messages.ts';
import { type Bet, betOptions } from './bet.ts';
import './embed.css';

const words = text.embed;

export interface PosterProps {
  readonly experiment: Experiment;
  readonly title: string;
  /** Whether the drawing says what the title says: its networks. */
  readonly isTitled: boolean;
  /** What of the address cannot be followed. */
  readonly problems: readonly Problem[];
  /** The same in Depthscope itself. */
  readonly href: string;
  /** Whether readers are asked for a bet, if there is something to bet on. */
  readonly hasBet: boolean;
  readonly onBet: (bet: Bet) => void;
  readonly onRun: () => void;
}

export interface Poster {
  /** Says that what training needs is on its way. */
  loading(): void;
  /** Says that it has not come. */
  failed(): void;
}

/** Draws the poster in the place of whatever is in an element. */
export function drawPoster(root: Element, props: PosterProps): Poster {
  const { experiment, title, isTitled, problems, href, onRun } = props;
  const run = element('button', { class: 'button button-primary embed-run', type: 'button' });
  run.append(playIcon(), words.run);
  run.addEventListener('click', onRun);
  const said = element('p', { class: 'if-any small', role: 'status' });
  said.textContent = problems.length > 0 ? problems.map(sentence).join(' ') : words.poster;
  const bar = element('div', { class: 'embed-bar in-line rigid' });
  bar.append(run, element('span', { class: 'grow' }), openLink(href));
  const main = element('main', { class: 'embed embed-poster' });
  const heading = element('h1', { class: isTitled ? 'visually-hidden' : 'large tight breakable' }, title);
  main.append(heading, drawing(experiment));
  if (props.hasBet) main.append(...betOn(experiment, props.onBet));
  main.append(said, bar);
  root.replaceChildren(main);
  return {
    loading() {
      run.setAttribute('disabled', '');
      run.dataset.disabled = 'true';
      said.textContent = words.loading;
    },
    failed() {
      said.textContent = words.failed;
      // A module that has failed once is not asked for again by the same page.
      const again = element('button', { class: 'button button-primary', type: 'button' }, words.retry);
      again.addEventListener('click', () => location.reload());
      run.replaceWith(again);
    },
  };
}

/** A question, and a radio button for each answer. */
function betOn(experiment: Experiment, onBet: (bet: Bet) => void): readonly HTMLElement[] {
  const options = betOptions(experiment);
  if (options.length === 0) return [];
  const question = options.length > 3 ? words.bet : text.home.bet.question;
  const group = element('fieldset', { class: 'embed-bet flow small' });
  group.append(element('legend', { class: 'strong' }, question));
  for (const { key, label } of options) {
    const choice = element('label', { class: 'embed-choice' });
    const input = element('input', { type: 'radio', name: 'bet', value: key });
    input.addEventListener('change', () => onBet(key));
    choice.append(input, label);
    group.append(choice);
  }
  return [group];
}

function element(tag: string, attributes: Readonly<Record<string, string>> = {}, content = ''): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = content;
  return made;
}

function shape(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

function playIcon(): SVGElement {
  const icon = shape('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' });
  icon.append(shape('path', { d: 'M4 2.5v11l9-5.5z', fill: 'currentColor' }));
  return icon;
}

function openLink(href: string): HTMLElement {
  const link = element('a', { class: 'embed-open', href, target: '_blank', rel: 'noopener' });
  link.append(element('span', { class: 'embed-open-long' }, `${words.open} `), '↗');
  link.setAttribute('aria-label', words.open);
  return link;
}

/** The shapes of the networks' marks, as charts draw them. */
const marks = ['M-6,0A6,6 0 1 1 6,0A6,6 0 1 1 -6,0Z', 'M-5,-5H5V5H-5Z', 'M0,-6L6,5H-6Z', 'M0,-6L5,0L0,6L-5,0Z'];

function mark(network: number): SVGElement {
  const icon = shape('svg', { class: 'embed-mark', viewBox: '-6 -6 12 12', 'aria-hidden': 'true' });
  icon.append(shape('path', { d: marks[network] ?? '' }));
  return icon;
}

/** Of a network: where its rows lie, all of one height, and between which of them its shortcuts lead. */
function rowsOf(stack: Experiment['networks'][number]['stack']) {
  const arcs: (readonly [number, number])[] = [];
  let row = 0;
  for (const item of stack) {
    const layers = depthOf([{ ...item, count: 1 }]) - 1 + bareLayersOf([{ ...item, count: 1 }]);
    for (let time = 0; time < item.count; time++) {
      if (isResidual(item)) arcs.push([row, row + layers]);
      row += layers;
    }
  }
  // The classifier is a layer too.
  return { rows: row + 1, arcs };
}

const layerColor = 'color-mix(in srgb, var(--accent) 35%, var(--paper))';

/** The layers of every network, input on top, and its shortcuts. */
function drawing({ networks, training }: Experiment): HTMLElement {
  const names = text.names.networks(networks, training.size);
  const stacks = element('div', { class: 'embed-stacks', role: 'img', 'aria-label': words.layers(names.join(', ')) });
  const most = Math.max(...networks.map(({ stack }) => rowsOf(stack).rows));
  networks.forEach(({ stack }, index) => {
    const { rows, arcs } = rowsOf(stack);
    const picture = shape('svg', {
      class: 'embed-layers full',
      viewBox: `0 0 100 ${most}`,
      preserveAspectRatio: 'none',
    });
    for (let row = 0; row < rows; row++) {
      picture.append(shape('rect', { x: 12, y: row + 0.1, width: 88, height: 0.8, fill: layerColor }));
    }
    for (const [from, to] of arcs) {
      const [top, bottom] = [from + 0.1, to - 0.1];
      const d = `M12,${top}C1,${top} 1,${bottom} 12,${bottom}`;
      picture.append(
        shape('path', { d, fill: 'none', stroke: 'var(--accent)', 'vector-effect': 'non-scaling-stroke' }),
      );
    }
    const network = element('div', { class: 'embed-stack stacked' });
    network.style.setProperty('--accent', `var(--network-${networkIds[index] ?? 'a'})`);
    const name = element('p', { class: 'embed-name strong tight breakable' });
    name.append(mark(index), names[index] ?? '');
    network.append(name, picture);
    stacks.append(network);
  });
  return stacks;
}
