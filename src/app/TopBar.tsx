import { memo } from 'react';
import { evaluationImages } from '../data/evaluationSample.ts';
import { text } from '../messages/messages.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Badge } from './Badge.tsx';
import { Help, type HelpProps } from './Help.tsx';
import { useLab } from './lab.ts';
import { PresetMenu } from './PresetMenu.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useFrames } from './useFrames.ts';
import { type Views, viewNames } from './views.ts';
import './topBar.css';

export interface TopBarProps extends HelpProps {
  readonly views: Views;
}

export const TopBar = memo(function TopBar({ views, ...help }: TopBarProps) {
  const view = useFrames(views, (state) => state.view);
  const train = useLab((state) => state.experiment.training.train);
  return (
    <header className="top-bar">
      <h1 className="top-bar-name">{text.app.name}</h1>
      <span className="chip-text top-bar-data">{text.app.dataSet(train, evaluationImages)}</span>
      <PresetMenu />
      <Segmented
        label={text.app.views.label}
        isLabelHidden
        options={viewNames.map((key) => ({ key, label: text.app.views.names[key] }))}
        value={view}
        onChange={(chosen) => views.setState({ view: chosen })}
      />
      <div className="top-bar-end">
        <Badge />
        <ShareButton views={views} />
        <Help {...help} />
        <ThemeSwitch />
      </div>
    </header>
  );
});
