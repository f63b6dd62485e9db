import { memo } from 'react';
import type { Quantity } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import './chartsPanel.css';

export interface ChartsPanelProps {
  readonly quantity: Quantity;
}

/** Errors by step, final errors by depth, and the history of the quantity on show. */
export const ChartsPanel = memo(function ChartsPanel({ quantity: _ }: ChartsPanelProps) {
  return (
    <section className="charts">
      <h2 className="visually-hidden">{text.app.charts.heading}</h2>
      <div className="panel" />
      <div className="panel" />
      <div className="panel" />
    </section>
  );
});
