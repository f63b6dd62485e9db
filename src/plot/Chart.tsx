import { type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject, useRef } from 'react';
import './charts.css';
import { ChartTools, useContent } from './ChartTools.tsx';
import type { ChartTable } from './table.ts';

/** The slots that every chart passes on. */
export interface ChartSlots {
  readonly title: string;
  /** What the title leaves out: units, images, the step. Exports say it, too. */
  readonly subtitle?: string | null | undefined;
  /** Controls at the right of the title. */
  readonly actions?: ReactNode;
}

/** How the plot is read by pointer and keyboard, as a slider over what the chart shows. */
export interface Reading {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly now: number;
  /** The exact values at the cursor. */
  readonly text: string;
  /** Returns whether the key was one of its own. */
  readonly onKey: (key: string) => boolean;
  /** @param left pixels from the corner of the plot */
  readonly onPointAt: (left: number, top: number) => void;
  readonly onLeave: () => void;
}

export interface ChartProps extends ChartSlots {
  /** A sentence that says what the picture shows. */
  readonly summary: string;
  /** Its figures as rows: asked for when somebody wants them. */
  readonly table: () => ChartTable;
  /** Shown in the plot instead of a reading while there is no data. */
  readonly empty: string | null;
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly reading: Reading | null;
  /** Below the plot: the legend with the values at the cursor. */
  readonly legend: ReactNode;
  /** Its title and its legend stand elsewhere. */
  readonly isBare?: boolean;
  /** What is in the plot. */
  readonly children: ReactNode;
}

/** Title, plot, and legend of a chart. */
export function Chart(props: ChartProps) {
  const { title, subtitle, actions, summary, table, empty, reading, legend, plot, isBare, children } = props;
  const figure = useRef<HTMLElement>(null);
  const content = useContent(() => ({ title, subtitle, summary, table: table() }));
  return (
    <figure className="chart stacked" ref={figure}>
      {!isBare && (
        <div className="row at-top chart-header">
          <div className="chart-words">
            <h2 className="text tight">{title}</h2>
            {subtitle && <p className="note">{subtitle}</p>}
          </div>
          <div className="row at-end chart-actions">
            {actions}
            {empty === null && <ChartTools name={title} content={content} figure={figure} />}
          </div>
        </div>
      )}
      <div className="chart-plot" ref={plot} {...(reading && sliderProps(reading))}>
        {children}
        {empty !== null && (
          <p className="chart-empty soft small">
            <span>{empty}</span>
          </p>
        )}
      </div>
      {!isBare && legend}
      <figcaption className="visually-hidden">{summary}</figcaption>
    </figure>
  );
}

function sliderProps(reading: Reading) {
  return {
    role: 'slider',
    tabIndex: 0,
    'aria-label': reading.label,
    'aria-valuemin': reading.min,
    'aria-valuemax': reading.max,
    'aria-valuenow': reading.now,
    'aria-valuetext': reading.text,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !reading.onKey(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerMove: (event: PointerEvent) => pointAt(event, reading),
    onPointerDown: (event: PointerEvent) => pointAt(event, reading),
    // A finger that lifts leaves too; what it pointed at stays until something else gets the focus.
    onPointerLeave: (event: PointerEvent) => event.pointerType !== 'touch' && reading.onLeave(),
    onBlur: reading.onLeave,
  };
}

function pointAt(event: PointerEvent, reading: Reading): void {
  const corner = event.currentTarget.getBoundingClientRect();
  reading.onPointAt(event.clientX - corner.left, event.clientY - corner.top);
}
